// What Swift's Glibc module lacks. GNU-only calls live in clinux.c, where _GNU_SOURCE disturbs no other module.
#pragma once
#include <stdint.h>

#include "cterminal.h"

/// A non-blocking, close-on-exec eventfd, or -1.
int dulcet_eventfd(void);
/// A non-blocking, close-on-exec timer on the monotonic clock, or -1 (timerfd_create(2)).
int dulcet_timer(void);
/// Lets it become readable once, after so many milliseconds.
void dulcet_set_timer(int timer, int64_t milliseconds);
/// A pipe whose ends no child inherits unasked, whichever thread starts one: 0, or -1 (pipe2(2)).
int dulcet_pipe(int ends[2]);
/// Names the calling thread for debuggers and `top -H`; 15 bytes at most.
void dulcet_name_thread(const char *name);
/// Blocks SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT on the calling thread.
void dulcet_block_signals(void);
/// Round-robin real-time scheduling for the calling thread; 0 where it was granted.
int dulcet_realtime(int priority);
/// Whether the calling thread reads disks only when nobody else does (ioprio_set(2)); silently ordinary where that is refused.
void dulcet_idle_disk(int on);
/// Accepts a connection, non-blocking and close-on-exec, or -1 (accept4(2)).
int dulcet_accept(int listener);
/// Gives freed heap pages back to the system.
void dulcet_trim_heap(void);

/// From now on SIGINT, SIGTERM and SIGHUP ring `eventfd` instead of ending the process; SIGPIPE is ignored.
void dulcet_catch_quit(int eventfd);
/// The signal that asked the process to end, or 0.
int dulcet_quit_signal(void);

/// Starts a program on a pseudo-terminal of its own (pty(7)).
/// Returns its process id and gives the terminal's master side, or -1 with errno.
int dulcet_spawn_on_pty(char *const argv[], char *const envp[], int columns, int rows, int *master);

/// Begins to watch directories: an inotify(7) descriptor, or -1.
int dulcet_watch_begin(void);
/// Watches one for files that are written, put there or taken away: at least 0, or -1 where there is none.
int dulcet_watch_directory(int watch, const char *path);
/// Watches one for files and directories that appear in it: at least 0, or -1 where there is none.
int dulcet_watch_for_new(int watch, const char *path);
/// Waits for a change: 0, or -1 with errno.
int dulcet_watch_wait(int watch);

struct pollfd;
/// Holds SIGWINCH back on the calling thread, except inside `dulcet_poll`.
void dulcet_hold_resize(void);
/// poll(2), on the thread that called `dulcet_hold_resize`, during which SIGWINCH may arrive: a change of size before the
/// call ends it at once with EINTR, and none is slept through (ppoll(2)). Milliseconds; -1 waits for ever.
int dulcet_poll(struct pollfd *descriptors, unsigned long count, int milliseconds);
