#ifndef CONVSCOPE_CNCURSES_SHIM_H
#define CONVSCOPE_CNCURSES_SHIM_H

#define NCURSES_WIDECHAR 1
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <term.h>
#include <wchar.h>

/* What Swift cannot call itself: macros, variadic functions and variables of the C library. */

/* A screen on standard input and output; NULL for a terminal that ncurses does not know. */
static inline SCREEN *cn_open(const char *type) { return newterm(type, stdout, stdin); }

/* stdscr is a variable. */
static inline WINDOW *cn_screen(void) { return stdscr; }

/* What keys are read through: a pad, because reading through a window also refreshes it. */
static inline WINDOW *cn_open_keyboard(void) {
  WINDOW *pad = newpad(1, 1);
  if (pad == NULL) return NULL;
  keypad(pad, TRUE);
  nodelay(pad, TRUE);
  return pad;
}

/* The next key with nothing waited for: OK for a character, KEY_CODE_YES for a key, or ERR. */
static inline int cn_read_key(WINDOW *keyboard, wint_t *key) { return wget_wch(keyboard, key); }

/* Puts one glyph; it may take two columns. The cursor does not move, so the last cell is safe. */
static inline int cn_put(int row, int column, wchar_t glyph, unsigned attributes, int pair) {
  const wchar_t text[2] = {glyph, 0};
  cchar_t cell;
  if (setcchar(&cell, text, (attr_t)attributes, 0, &pair) == ERR) return ERR;
  return mvwadd_wchnstr(stdscr, row, column, &cell, 1);
}

/* Columns a glyph takes in the locale in force, -1 when it cannot be shown. */
extern int wcwidth(wchar_t glyph);
static inline int cn_columns(wchar_t glyph) { return wcwidth(glyph); }

static inline unsigned cn_bold(void) { return A_BOLD; }
static inline unsigned cn_dim(void) { return A_DIM; }
static inline unsigned cn_underline(void) { return A_UNDERLINE; }
static inline unsigned cn_reverse(void) { return A_REVERSE; }

/* Makes ncurses repaint everything at the next refresh. */
static inline void cn_forget_screen(void) { clearok(curscr, TRUE); }

static inline int cn_color_count(void) { return COLORS; }
static inline int cn_pair_count(void) { return COLOR_PAIRS; }

/* The size of the terminal at a descriptor: 0 when it is known. */
static inline int cn_terminal_size(int descriptor, int *height, int *width) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return -1;
  *height = size.ws_row;
  *width = size.ws_col;
  return 0;
}

/* A string capability, NULL when the terminal has none. */
static inline const char *cn_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (const char *)-1 ? NULL : value;
}

/* Looks a terminal up without opening it: 1 known, 0 unknown, -1 no terminal database. */
static inline int cn_look_up(const char *type, int *colors, int *pairs, int *has_cursor) {
  int found = -1;
  if (setupterm(type, 1, &found) == ERR || found != 1) return found == 1 ? 0 : found;
  *colors = tigetnum("colors");
  *pairs = tigetnum("pairs");
  *has_cursor = cn_capability("cup") != NULL;
  del_curterm(cur_term);
  return 1;
}

/* The codeset of the character locale now in force. */
static inline const char *cn_codeset(void) { return nl_langinfo(CODESET); }

#endif
