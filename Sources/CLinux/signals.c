#define _GNU_SOURCE
#include "clinux.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

// Written by the handler, read by the loop.
static volatile sig_atomic_t quit_signal;
static volatile sig_atomic_t bell = -1;

static void remember(int signal) {
  const int kept = errno;
  const uint64_t one = 1;
  quit_signal = signal;
  if (bell >= 0 && write(bell, &one, sizeof one) < 0) { /* a full counter rings all the same */ }
  errno = kept;
}

void dulcet_catch_quit(int eventfd) {
  bell = eventfd;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = remember;
  sigemptyset(&action.sa_mask);
  const int signals[] = {SIGINT, SIGTERM, SIGHUP};
  for (unsigned i = 0; i < sizeof signals / sizeof *signals; i++) sigaction(signals[i], &action, 0);
  signal(SIGPIPE, SIG_IGN);
}

int dulcet_quit_signal(void) { return quit_signal; }

// What the thread that holds it back lets through while it waits.
static _Thread_local sigset_t while_waiting;

void dulcet_hold_resize(void) {
  sigset_t resize;
  sigemptyset(&resize);
  sigaddset(&resize, SIGWINCH);
  pthread_sigmask(SIG_BLOCK, &resize, &while_waiting);
  sigdelset(&while_waiting, SIGWINCH);
}

int dulcet_poll(struct pollfd *descriptors, unsigned long count, int milliseconds) {
  const struct timespec wait = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L};
  return ppoll(descriptors, count, milliseconds < 0 ? 0 : &wait, &while_waiting);
}
