#ifndef CONVSCOPE_SHA256_BLOCKS_H
#define CONVSCOPE_SHA256_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

/* The compression function of SHA-256 (FIPS PUB 180-4, section 6.2.2).
 *
 * In C because Swift reaches the processor's own instructions for it in no other way. Both variants give the
 * same digests.
 */

/* Variants. */
enum {
  SHA256_PORTABLE = 0,
  /* The SHA extensions of x86-64. */
  SHA256_EXTENSIONS = 1,
};

/* The fastest variant that this processor has. */
int sha256_best(void);

/* Takes `count` blocks of 64 bytes, at any alignment, into the state of eight words. `variant` must be one
 * that the processor has.
 */
void sha256_blocks(int variant, uint32_t *state, const void *blocks, size_t count);

#endif
