// Gives the terminal back when the program dies without having done so. See cterminal.c.
#pragma once

/// Remembers the modes of the terminal behind `descriptor`, before anybody changes them; -1 when there is none.
int dulcet_save_terminal(int descriptor);
/// Takes the bytes that undo what was switched on since. From then on a crash (SIGSEGV, SIGBUS, SIGILL, SIGTRAP,
/// SIGFPE, SIGABRT), a deadly signal that nobody handles, or an exit() writes them and restores the saved modes.
void dulcet_guard_terminal(const char *reset, int count);
/// Ends the guard: the terminal was given back in the usual way. It can begin anew.
void dulcet_release_terminal(void);
