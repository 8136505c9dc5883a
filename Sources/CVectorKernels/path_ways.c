#include <math.h>
#include <string.h>

#include "vector_kernels.h"

typedef float tile __attribute__((ext_vector_type(VK_TILE)));

static inline __attribute__((always_inline)) void all_subsets(
    size_t items, const float *steps, float *ways, float *least) {
  for (size_t subset = 1; subset < (size_t)1 << items; subset++) {
    tile onward = (tile){0} + INFINITY;
    float shortest = INFINITY;
    for (size_t inside = subset; inside != 0; inside &= inside - 1) {
      const size_t last = (size_t)__builtin_ctzll(inside);
      const float way = ways[(subset ^ (size_t)1 << last) * VK_TILE + last];
      shortest = way < shortest ? way : shortest;
      tile step;
      memcpy(&step, steps + last * VK_TILE, sizeof step);
      const tile sums = step + way;
      onward = sums < onward ? sums : onward;
    }
    memcpy(ways + subset * VK_TILE, &onward, sizeof onward);
    least[subset] = shortest;
  }
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void wide_subsets(
    size_t items, const float *steps, float *ways, float *least) {
  all_subsets(items, steps, ways, least);
}
#endif

void vk_path_ways(int variant, size_t items, const float *steps, float *ways, float *least) {
#if defined(__x86_64__)
  if (variant == VK_AVX2) {
    wide_subsets(items, steps, ways, least);
    return;
  }
#endif
  (void)variant;
  all_subsets(items, steps, ways, least);
}
