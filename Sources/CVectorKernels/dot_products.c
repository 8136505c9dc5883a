#include <string.h>

#include "vector_kernels.h"

/* Fused multiplications would round less often than others do. */
#pragma clang fp contract(off)

typedef float lanes __attribute__((ext_vector_type(VK_PANEL)));

enum { PRODUCT_SIZE = VK_PANEL * VK_GROUP };

/* `count` panels at once with one group after another, their sums in registers: a constant wherever
 * this is called. */
static inline __attribute__((always_inline)) void some_panels(
    const size_t count, size_t columns, size_t groups, const float *panels, const float *others,
    float *products) {
  for (size_t group = 0; group < groups; group++) {
    lanes sums[2][VK_GROUP] = {0};
    for (size_t column = 0; column < columns; column++) {
      const float *row = others + (group * columns + column) * VK_GROUP;
      for (size_t panel = 0; panel < count; panel++) {
        lanes rows;
        memcpy(&rows, panels + (panel * columns + column) * VK_PANEL, sizeof rows);
        for (size_t lane = 0; lane < VK_GROUP; lane++) sums[panel][lane] += rows * row[lane];
      }
    }
    for (size_t panel = 0; panel < count; panel++)
      memcpy(products + (panel * groups + group) * PRODUCT_SIZE, sums[panel], sizeof sums[panel]);
  }
}

static inline __attribute__((always_inline)) void all_panels(
    const size_t at_once, size_t columns, size_t panels, size_t groups, const float *rows,
    const float *others, float *products) {
  size_t panel = 0;
  for (; panel + at_once <= panels; panel += at_once)
    some_panels(
        at_once, columns, groups, rows + panel * columns * VK_PANEL, others,
        products + panel * groups * PRODUCT_SIZE);
  for (; panel < panels; panel++)
    some_panels(
        1, columns, groups, rows + panel * columns * VK_PANEL, others,
        products + panel * groups * PRODUCT_SIZE);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void wide_panels(
    size_t columns, size_t panels, size_t groups, const float *rows, const float *others,
    float *products) {
  all_panels(2, columns, panels, groups, rows, others, products);
}
#endif

void vk_dot_products(
    int variant, size_t columns, size_t panels, size_t groups, const float *rows,
    const float *others, float *products) {
#if defined(__x86_64__)
  if (variant == VK_AVX2) {
    wide_panels(columns, panels, groups, rows, others, products);
    return;
  }
#endif
  (void)variant;
  all_panels(1, columns, panels, groups, rows, others, products);
}
