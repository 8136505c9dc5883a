#ifndef CONVSCOPE_TERMINAL_SIGNALS_H
#define CONVSCOPE_TERMINAL_SIGNALS_H

#include <stddef.h>

/* Signal handlers that give the terminal back whatever happens.
 *
 * In C because no Swift code is safe in a handler. One terminal at a time; everything here but
 * the handlers themselves is called from one thread.
 */

/* What ts_take_events found. */
enum {
  TS_RESIZED = 1,
  /* Stopped and continued: the screen has to be painted anew. */
  TS_CONTINUED = 2,
};

/* Saves the modes of the terminal at `descriptor` as those of the shell and installs handlers.
 *
 * Returns the readable end of the pipe that every handled signal writes to, or -1 with errno.
 */
int ts_open(int descriptor);

/* Sets the bytes that take the screen (after a stop) and that leave it; up to 512 each.
 *
 * Returns 0, or -1 when they are too long.
 */
int ts_set_sequences(const char *enter, size_t enter_length, const char *leave, size_t leave_length);

/* The screen is taken: saves the modes now in force for after a stop, and sets standard error
 * aside when it is a terminal, so that messages don't land on the screen. */
void ts_activate(void);

/* The screen has been left; what was written to standard error meanwhile is shown. */
void ts_deactivate(void);

/* Puts the former handlers back. Leaves the screen first when it is still taken. */
void ts_close(void);

/* Empties the pipe and returns what happened since the last call: TS_RESIZED, TS_CONTINUED. */
unsigned ts_take_events(void);

/* TERM, HUP, INT or QUIT when one has asked the program to end, else 0. A second one ends it at
 * once, unless it comes within a tenth of a second, as from `timeout`. */
int ts_pending_signal(void);

/* Stops the process as Ctrl-Z does, and returns when it is continued. */
void ts_stop(void);

/* Makes SIGBUS, which comes of reading a mapped file that has become shorter, say so in a sentence on
 * standard error before it ends the process; also when it comes while a screen is taken. */
void ts_explain_cut_files(void);

/* Ends the process by a signal's default action, so that its parent sees the true cause. */
void ts_end_by(int signal);

#endif
