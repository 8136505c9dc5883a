#ifndef CONVSCOPE_VECTOR_KERNELS_H
#define CONVSCOPE_VECTOR_KERNELS_H

#include <stddef.h>

/* Inner loops that are worth wider vectors than the oldest processor of the family has.
 *
 * In C because Swift has no functions compiled for a processor that is found at run time. Every
 * variant gives the same bits.
 */

/* Columns of a tile. */
enum { VK_TILE = 16 };

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

#endif
