// ncursesw: globals, casting macros and pair calls that Swift cannot see.
#pragma once
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <stdio.h>
#include <term.h>
#undef lines
#undef columns

static inline WINDOW *dulcet_stdscr(void) { return stdscr; }
static inline int dulcet_colors(void) { return COLORS; }
static inline int dulcet_color_pairs(void) { return COLOR_PAIRS; }
enum : unsigned {
  DULCET_A_BOLD = A_BOLD,
  DULCET_A_DIM = A_DIM,
  DULCET_A_REVERSE = A_REVERSE,
  DULCET_A_UNDERLINE = A_UNDERLINE,
  DULCET_A_ITALIC = A_ITALIC,
};
static inline int dulcet_key_f(int n) { return KEY_F(n); }
// A pair above 255 goes through the opts pointer.
static inline int dulcet_setcchar(cchar_t *c, const wchar_t *s, attr_t a, int pair) {
  return setcchar(c, s, a, (short)(pair > 32767 ? 0 : pair), &pair);
}
static inline int dulcet_wattr_set(WINDOW *w, attr_t a, int pair) { return wattr_set(w, a, (short)0, &pair); }

// What setupterm() read.
static inline void dulcet_forget_type(void) { del_curterm(cur_term); }

// newterm() on standard output and input, whose names are macros; NULL where initscr() would end the process.
static inline SCREEN *dulcet_newterm(void) { return newterm(0, stdout, stdin); }
