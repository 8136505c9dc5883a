#include <string.h>

#include "vector_kernels.h"

/* Fused multiplications would round less often than others do. */
#pragma clang fp contract(off)

enum { LEVELS = 16, COLORS = 3 };

typedef uint8_t levels __attribute__((ext_vector_type(LEVELS)));
typedef uint32_t level_sums __attribute__((ext_vector_type(LEVELS)));
typedef float level_values __attribute__((ext_vector_type(LEVELS)));
typedef uint8_t pixel __attribute__((ext_vector_type(4)));
typedef uint32_t pixel_sums __attribute__((ext_vector_type(4)));

static inline __attribute__((always_inline)) uint8_t level(uint32_t sum) {
  const uint32_t whole = sum >> VK_WEIGHT_BITS;
  return whole < UINT8_MAX ? (uint8_t)whole : UINT8_MAX;
}

/* One pixel without a byte beside it. */
static inline __attribute__((always_inline)) void last_pixel(
    size_t taps, const int32_t *weights, const uint8_t *source, uint8_t *target) {
  for (size_t color = 0; color < COLORS; color++) {
    uint32_t sum = VK_WEIGHT_HALF;
    for (size_t tap = 0; tap < taps; tap++)
      sum += (uint32_t)source[tap * COLORS + color] * (uint32_t)weights[tap];
    target[color] = level(sum);
  }
}

/* `taps` is a constant where this is called for a common number of them. */
static inline __attribute__((always_inline)) void row_of_colors(
    const size_t taps, size_t columns, size_t safe, const size_t *starts, const size_t *counts,
    const int32_t *weights, const uint8_t *source, uint8_t *target) {
  for (size_t column = 0; column < safe; column++) {
    pixel_sums sums = (pixel_sums){0} + VK_WEIGHT_HALF;
    const uint8_t *place = source + starts[column] * COLORS;
    for (size_t tap = 0; tap < taps; tap++) {
      pixel here;
      memcpy(&here, place + tap * COLORS, sizeof here);
      sums += __builtin_convertvector(here, pixel_sums) * (uint32_t)weights[column * taps + tap];
    }
    const pixel_sums whole = sums >> VK_WEIGHT_BITS;
    const pixel found =
        __builtin_convertvector(__builtin_elementwise_min(whole, (pixel_sums){0} + UINT8_MAX), pixel);
    memcpy(target + column * COLORS, &found, COLORS);
  }
  for (size_t column = safe; column < columns; column++)
    last_pixel(
        counts[column], weights + column * taps, source + starts[column] * COLORS,
        target + column * COLORS);
}

static inline __attribute__((always_inline)) void all_colors(
    size_t rows, size_t width, size_t columns, const size_t *starts, const size_t *counts, size_t taps,
    const int32_t *weights, const uint8_t *source, uint8_t *target) {
  for (size_t row = 0; row < rows; row++) {
    /* A pixel is read with the byte behind it, which the last of all has not. */
    const size_t left = (rows - row) * width * COLORS;
    size_t safe = columns;
    while (safe > 0 && (starts[safe - 1] + taps) * COLORS + 1 > left) safe--;
    const uint8_t *from = source + row * width * COLORS;
    uint8_t *to = target + row * columns * COLORS;
    if (taps == 3)
      row_of_colors(3, columns, safe, starts, counts, weights, from, to);
    else if (taps == 5)
      row_of_colors(5, columns, safe, starts, counts, weights, from, to);
    else
      row_of_colors(taps, columns, safe, starts, counts, weights, from, to);
  }
}

static inline __attribute__((always_inline)) void all_rows(
    size_t size, size_t rows, const size_t *starts, const size_t *counts, size_t taps,
    const int32_t *weights, const uint8_t *source, uint8_t *target) {
  for (size_t row = 0; row < rows; row++) {
    const uint8_t *from = source + starts[row] * size;
    const int32_t *shares = weights + row * taps;
    uint8_t *to = target + row * size;
    size_t place = 0;
    for (; place + LEVELS <= size; place += LEVELS) {
      level_sums sums = (level_sums){0} + VK_WEIGHT_HALF;
      for (size_t tap = 0; tap < counts[row]; tap++) {
        levels here;
        memcpy(&here, from + tap * size + place, sizeof here);
        sums += __builtin_convertvector(here, level_sums) * (uint32_t)shares[tap];
      }
      const level_sums whole = sums >> VK_WEIGHT_BITS;
      const levels found = __builtin_convertvector(
          __builtin_elementwise_min(whole, (level_sums){0} + UINT8_MAX), levels);
      memcpy(to + place, &found, sizeof found);
    }
    for (; place < size; place++) {
      uint32_t sum = VK_WEIGHT_HALF;
      for (size_t tap = 0; tap < counts[row]; tap++)
        sum += (uint32_t)from[tap * size + place] * (uint32_t)shares[tap];
      to[place] = level(sum);
    }
  }
}

static inline __attribute__((always_inline)) float value(
    uint8_t level, float scale, float mean, float deviation) {
  return ((float)level * scale - mean) / deviation;
}

static inline __attribute__((always_inline)) void all_values(
    size_t count, size_t step, const uint8_t *source, float scale, float mean, float deviation,
    float *target) {
  size_t place = 0;
  if (step == 1) {
    for (; place + LEVELS <= count; place += LEVELS) {
      levels here;
      memcpy(&here, source + place, sizeof here);
      const level_values found =
          (__builtin_convertvector(here, level_values) * scale - mean) / deviation;
      memcpy(target + place, &found, sizeof found);
    }
  } else if (step == COLORS) {
    /* The last pixels are left: their other channels may not be there. */
    for (; place + LEVELS < count; place += LEVELS) {
      levels part[COLORS];
      memcpy(part, source + place * COLORS, sizeof part);
      const levels front = __builtin_shufflevector(
          part[0], part[1], 0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, -1, -1, -1, -1, -1);
      const levels here = __builtin_shufflevector(
          front, part[2], 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 20, 23, 26, 29);
      const level_values found =
          (__builtin_convertvector(here, level_values) * scale - mean) / deviation;
      memcpy(target + place, &found, sizeof found);
    }
  }
  for (; place < count; place++) target[place] = value(source[place * step], scale, mean, deviation);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void wide_colors(
    size_t rows, size_t width, size_t columns, const size_t *starts, const size_t *counts, size_t taps,
    const int32_t *weights, const uint8_t *source, uint8_t *target) {
  all_colors(rows, width, columns, starts, counts, taps, weights, source, target);
}

__attribute__((target("avx2"))) static void wide_rows(
    size_t size, size_t rows, const size_t *starts, const size_t *counts, size_t taps,
    const int32_t *weights, const uint8_t *source, uint8_t *target) {
  all_rows(size, rows, starts, counts, taps, weights, source, target);
}

__attribute__((target("avx2"))) static void wide_values(
    size_t count, size_t step, const uint8_t *source, float scale, float mean, float deviation,
    float *target) {
  all_values(count, step, source, scale, mean, deviation, target);
}
#endif

void vk_resample_colors(
    int variant, size_t rows, size_t width, size_t columns, const size_t *starts,
    const size_t *counts, size_t taps, const int32_t *weights, const uint8_t *source,
    uint8_t *target) {
#if defined(__x86_64__)
  if (variant == VK_AVX2) {
    wide_colors(rows, width, columns, starts, counts, taps, weights, source, target);
    return;
  }
#endif
  (void)variant;
  all_colors(rows, width, columns, starts, counts, taps, weights, source, target);
}

void vk_resample_rows(
    int variant, size_t size, size_t rows, const size_t *starts, const size_t *counts, size_t taps,
    const int32_t *weights, const uint8_t *source, uint8_t *target) {
#if defined(__x86_64__)
  if (variant == VK_AVX2) {
    wide_rows(size, rows, starts, counts, taps, weights, source, target);
    return;
  }
#endif
  (void)variant;
  all_rows(size, rows, starts, counts, taps, weights, source, target);
}

void vk_level_values(
    int variant, size_t count, size_t step, const uint8_t *source, float scale, float mean,
    float deviation, float *target) {
#if defined(__x86_64__)
  if (variant == VK_AVX2) {
    wide_values(count, step, source, scale, mean, deviation, target);
    return;
  }
#endif
  (void)variant;
  all_values(count, step, source, scale, mean, deviation, target);
}
