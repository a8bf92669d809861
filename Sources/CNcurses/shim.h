// ncursesw: globals, casting macros and pair calls that Swift cannot see.
#pragma once
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <stdio.h>
#include <term.h>
#undef lines
#undef columns

static inline WINDOW *dulcet_stdscr(void) { return stdscr; }
static inline int dulcet_key_f(int n) { return KEY_F(n); }
// tparm() is variadic in some builds of ncurses.
static inline const char *dulcet_tparm(const char *text, int first, int second) {
  return tparm(text, (long)first, (long)second, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
}

// What setupterm() read.
static inline void dulcet_forget_type(void) { del_curterm(cur_term); }

// newterm() on standard output and input, whose names are macros; NULL where initscr() would end the process.
static inline SCREEN *dulcet_newterm(void) { return newterm(0, stdout, stdin); }
