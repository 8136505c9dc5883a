#include <math.h>
#include <string.h>

#include "vector_kernels.h"

typedef float lanes __attribute__((ext_vector_type(VK_PANEL)));
typedef double precise __attribute__((ext_vector_type(VK_PANEL)));
typedef int whole __attribute__((ext_vector_type(VK_PANEL)));

/* `count` panels side by side, so that none waits for the sums of its own: a constant wherever this is
 * called. */
static inline __attribute__((always_inline)) void some_panels(
    const size_t count, const size_t *starts, size_t positions, size_t stride, const float *values,
    double *sums, float *maxima, int *places) {
  lanes largest[4];
  whole first[4];
  precise total[4];
  for (size_t panel = 0; panel < count; panel++) {
    largest[panel] = (lanes){0} - INFINITY;
    first[panel] = (whole){0};
    total[panel] = (precise){0};
  }
  for (size_t index = 0; index < positions;) {
    const size_t end = positions - index < 16 ? positions : index + 16;
    lanes part[4];
    for (size_t panel = 0; panel < count; panel++) part[panel] = (lanes){0};
    for (; index < end; index++) {
      for (size_t panel = 0; panel < count; panel++) {
        lanes here;
        memcpy(&here, values + starts[panel] + index * stride, sizeof here);
        part[panel] += here;
        const whole is_larger = here > largest[panel];
        largest[panel] = is_larger ? here : largest[panel];
        first[panel] = is_larger ? (whole){0} + (int)index : first[panel];
      }
    }
    for (size_t panel = 0; panel < count; panel++)
      total[panel] += __builtin_convertvector(part[panel], precise);
  }
  for (size_t panel = 0; panel < count; panel++) {
    memcpy(sums + panel * VK_PANEL, &total[panel], sizeof total[panel]);
    memcpy(maxima + panel * VK_PANEL, &largest[panel], sizeof largest[panel]);
    memcpy(places + panel * VK_PANEL, &first[panel], sizeof first[panel]);
  }
}

static inline __attribute__((always_inline)) void all_panels(
    const size_t at_once, size_t panels, const size_t *starts, size_t positions, size_t stride,
    const float *values, double *sums, float *maxima, int *places) {
  size_t panel = 0;
  for (; panel + at_once <= panels; panel += at_once)
    some_panels(
        at_once, starts + panel, positions, stride, values, sums + panel * VK_PANEL,
        maxima + panel * VK_PANEL, places + panel * VK_PANEL);
  for (; panel < panels; panel++)
    some_panels(
        1, starts + panel, positions, stride, values, sums + panel * VK_PANEL,
        maxima + panel * VK_PANEL, places + panel * VK_PANEL);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void wide_panels(
    size_t panels, const size_t *starts, size_t positions, size_t stride, const float *values,
    double *sums, float *maxima, int *places) {
  all_panels(4, panels, starts, positions, stride, values, sums, maxima, places);
}
#endif

void vk_lane_peaks(
    int variant, size_t panels, const size_t *starts, size_t positions, size_t stride,
    const float *values, double *sums, float *maxima, int *places) {
#if defined(__x86_64__)
  if (variant == VK_AVX2) {
    wide_panels(panels, starts, positions, stride, values, sums, maxima, places);
    return;
  }
#endif
  (void)variant;
  all_panels(1, panels, starts, positions, stride, values, sums, maxima, places);
}
