#include "sha256_blocks.h"

#include <string.h>

static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static inline uint32_t rotated(uint32_t value, int count) {
  return value >> count | value << (32 - count);
}

static void one_block(uint32_t *state, const unsigned char *block) {
  uint32_t schedule[64];
  for (int i = 0; i < 16; i++)
    schedule[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
                  (uint32_t)block[4 * i + 2] << 8 | (uint32_t)block[4 * i + 3];
  for (int i = 16; i < 64; i++) {
    const uint32_t a = schedule[i - 15], b = schedule[i - 2];
    schedule[i] = schedule[i - 16] + (rotated(a, 7) ^ rotated(a, 18) ^ a >> 3) + schedule[i - 7] +
                  (rotated(b, 17) ^ rotated(b, 19) ^ b >> 10);
  }
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  for (int i = 0; i < 64; i++) {
    const uint32_t first = h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) +
                           ((e & f) ^ (~e & g)) + round_constants[i] + schedule[i];
    const uint32_t second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) +
                            ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + first;
    d = c, c = b, b = a, a = first + second;
  }
  const uint32_t sums[8] = {a, b, c, d, e, f, g, h};
  for (int i = 0; i < 8; i++) state[i] += sums[i];
}

#if defined(__x86_64__)
#include <immintrin.h>

/* The state stands as ABEF and CDGH, as the instructions want it; four rounds a step. */
__attribute__((target("sha,sse4.1,ssse3"))) static void extended_blocks(
    uint32_t *state, const unsigned char *blocks, size_t count) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  const __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xb1);
  const __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1b);
  __m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
  __m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
  for (; count > 0; count--, blocks += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    __m128i words[4];
#pragma clang loop unroll(full)
    for (int step = 0; step < 16; step++) {
      const int here = step % 4, next = (step + 1) % 4, last = (step + 3) % 4;
      if (step < 4)
        words[here] = _mm_shuffle_epi8(
            _mm_loadu_si128((const __m128i *)(blocks + 16 * step)), big_endian);
      __m128i sums = _mm_add_epi32(
          words[here], _mm_loadu_si128((const __m128i *)(round_constants + 4 * step)));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sums);
      if (step >= 3 && step < 15) {
        words[next] = _mm_add_epi32(words[next], _mm_alignr_epi8(words[here], words[last], 4));
        words[next] = _mm_sha256msg2_epu32(words[next], words[here]);
      }
      sums = _mm_shuffle_epi32(sums, 0x0e);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, sums);
      if (step >= 1 && step < 13) words[last] = _mm_sha256msg1_epu32(words[last], words[here]);
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  const __m128i feba = _mm_shuffle_epi32(abef, 0x1b);
  const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

int sha256_best(void) {
  const int has_all = __builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1") &&
                      __builtin_cpu_supports("ssse3");
  return has_all ? SHA256_EXTENSIONS : SHA256_PORTABLE;
}
#else
int sha256_best(void) { return SHA256_PORTABLE; }
#endif

void sha256_blocks(int variant, uint32_t *state, const void *blocks, size_t count) {
  const unsigned char *bytes = blocks;
#if defined(__x86_64__)
  if (variant == SHA256_EXTENSIONS) {
    extended_blocks(state, bytes, count);
    return;
  }
#endif
  for (size_t block = 0; block < count; block++) one_block(state, bytes + 64 * block);
}
