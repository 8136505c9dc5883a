#include <math.h>
#include <string.h>

#include "vector_kernels.h"

typedef float tile __attribute__((ext_vector_type(VK_TILE)));

/* `count` rows at once, their minima in registers: a constant wherever this is called. */
static inline __attribute__((always_inline)) void some_rows(
    const size_t count, size_t width, size_t depth, const float *weights, size_t weight_stride,
    const float *columns, float *results, size_t result_stride) {
  tile least[4];
  for (size_t row = 0; row < count; row++) least[row] = (tile){0} + INFINITY;
  for (size_t step = 0; step < depth; step++) {
    tile values;
    memcpy(&values, columns + step * VK_TILE, sizeof values);
    for (size_t row = 0; row < count; row++) {
      const tile sums = values + weights[row * weight_stride + step];
      least[row] = sums < least[row] ? sums : least[row];
    }
  }
  for (size_t row = 0; row < count; row++)
    memcpy(results + row * result_stride, &least[row], width * sizeof(float));
}

static inline __attribute__((always_inline)) void all_rows(
    const size_t at_once, size_t rows, size_t width, size_t depth, const float *weights,
    size_t weight_stride, const float *columns, float *results, size_t result_stride) {
  size_t row = 0;
  for (; row + at_once <= rows; row += at_once)
    some_rows(
        at_once, width, depth, weights + row * weight_stride, weight_stride, columns,
        results + row * result_stride, result_stride);
  for (; row < rows; row++)
    some_rows(
        1, width, depth, weights + row * weight_stride, weight_stride, columns,
        results + row * result_stride, result_stride);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void wide_rows(
    size_t rows, size_t width, size_t depth, const float *weights, size_t weight_stride,
    const float *columns, float *results, size_t result_stride) {
  all_rows(4, rows, width, depth, weights, weight_stride, columns, results, result_stride);
}

int vk_best(void) { return __builtin_cpu_supports("avx2") ? VK_AVX2 : VK_PORTABLE; }
#else
int vk_best(void) { return VK_PORTABLE; }
#endif

void vk_min_plus(
    int variant, size_t rows, size_t width, size_t depth, const float *weights,
    size_t weight_stride, const float *columns, float *results, size_t result_stride) {
#if defined(__x86_64__)
  if (variant == VK_AVX2) {
    wide_rows(rows, width, depth, weights, weight_stride, columns, results, result_stride);
    return;
  }
#endif
  (void)variant;
  all_rows(2, rows, width, depth, weights, weight_stride, columns, results, result_stride);
}
