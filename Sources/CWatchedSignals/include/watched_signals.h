#ifndef CONVSCOPE_WATCHED_SIGNALS_H
#define CONVSCOPE_WATCHED_SIGNALS_H

#include <stddef.h>

/* Signals told through a pipe, where no screen is taken.
 *
 * In C because no Swift code is safe in a handler. One watch at a time, begun and ended from one
 * thread after another.
 */

/* From now on each of these signals writes its number, one byte, into a pipe, instead of what it did. What
 * is ignored stays so: nohup and the background jobs of a shell want it.
 *
 * Returns the readable end, which does not block and stays open as long as the process, or -1 with errno:
 * EBUSY while another watch goes on.
 */
int ws_begin(const int *signals, size_t count);

/* The signals do again what they did before. */
void ws_end(void);

#endif
