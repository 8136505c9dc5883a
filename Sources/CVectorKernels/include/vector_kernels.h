#ifndef CONVSCOPE_VECTOR_KERNELS_H
#define CONVSCOPE_VECTOR_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* Inner loops that are worth wider vectors than the oldest processor of the family has.
 *
 * In C because Swift has no functions compiled for a processor that is found at run time. Every
 * variant gives the same bits.
 */

/* Columns of a tile; rows of a panel, one a lane; rows of a group, interleaved. */
enum { VK_TILE = 16, VK_PANEL = 8, VK_GROUP = 4 };

/* Fraction bits of a weight of resampling, and one half, which makes the shift round. */
enum { VK_WEIGHT_BITS = 22, VK_WEIGHT_HALF = 1 << 21 };

/* Variants of a kernel. */
enum {
  VK_PORTABLE = 0,
  /* x86-64 with AVX2. */
  VK_AVX2 = 1,
};

/* The widest variant that this processor has. */
int vk_best(void);

/* One tile of a product of matrices in which sums are minima and products are sums.
 *
 * results[r * result_stride + j] = min over k of weights[r * weight_stride + k] + columns[k * VK_TILE + j]
 * for r < rows, j < width <= VK_TILE, k < depth; infinity where depth is 0. Sums that are no
 * number are passed over. `variant` must be one that the processor has.
 */
void vk_min_plus(
    int variant, size_t rows, size_t width, size_t depth, const float *weights,
    size_t weight_stride, const float *columns, float *results, size_t result_stride);

/* Dot products of the rows of some panels with the rows of some groups.
 *
 * products[((p * groups + g) * VK_GROUP + i) * VK_PANEL + j] = sum over c of
 * rows[(p * columns + c) * VK_PANEL + j] * others[(g * columns + c) * VK_GROUP + i], from the first column
 * to the last, each product rounded before it is added. `variant` must be one that the processor has.
 */
void vk_dot_products(
    int variant, size_t columns, size_t panels, size_t groups, const float *rows,
    const float *others, float *products);

/* Sum, largest value and its first position of eight numbers that lie side by side at each position,
 * for some panels of them.
 *
 * Position k of panel p is at values + starts[p] + k * stride; at least one position. Lane i of panel p is
 * at p * VK_PANEL + i of `sums`, in single precision within sixteen positions and in double precision
 * across, of `maxima` and of `places`. NaN is passed over by the maximum and spoils the sum; where all are
 * NaN, the maximum is minus infinity at place 0. `variant` must be one that the processor has.
 */
void vk_lane_peaks(
    int variant, size_t panels, const size_t *starts, size_t positions, size_t stride,
    const float *values, double *sums, float *maxima, int *places);

/* Shortest ways from a start through every subset of some items.
 *
 * `steps` holds distances between items, row by row, VK_TILE values a row. `ways` has a row of
 * VK_TILE for each subset: lane i of row s is the shortest way from the start through the items of s to
 * item i, which is none of them; row 0, the first steps, is given. least[s] is the shortest way through
 * the items of s that ends at one of them; least[0] is left alone. `variant` must be one that the
 * processor has.
 */
void vk_path_ways(int variant, size_t items, const float *steps, float *ways, float *least);

/* Rows of pixels of three bytes, resampled along each row.
 *
 * Channel c of pixel x of a row is the sum over k < counts[x] of channel c of the row's pixel starts[x] + k
 * times weights[x * taps + k], in fixed point, rounded and at most 255. No weight is negative, those of k >=
 * counts[x] are 0, starts do not fall; `source` has `rows` rows of `width` pixels, `target` as many of
 * `columns`. `variant` must be one that the processor has.
 */
void vk_resample_colors(
    int variant, size_t rows, size_t width, size_t columns, const size_t *starts,
    const size_t *counts, size_t taps, const int32_t *weights, const uint8_t *source,
    uint8_t *target);

/* Rows of `size` bytes, resampled across rows.
 *
 * Row y is the sum over k < counts[y] of the row starts[y] + k of `source` times weights[y * taps + k], in
 * fixed point, rounded and at most 255. No weight is negative. `variant` must be one that the processor
 * has.
 */
void vk_resample_rows(
    int variant, size_t size, size_t rows, const size_t *starts, const size_t *counts, size_t taps,
    const int32_t *weights, const uint8_t *source, uint8_t *target);

/* target[i] = (source[i * step] * scale - mean) / deviation for i < count, each step rounded by itself.
 *
 * `variant` must be one that the processor has.
 */
void vk_level_values(
    int variant, size_t count, size_t step, const uint8_t *source, float scale, float mean,
    float deviation, float *target);

#endif
