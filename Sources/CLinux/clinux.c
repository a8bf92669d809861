#define _GNU_SOURCE
#include "clinux.h"
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <wchar.h>

int dulcet_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }
int dulcet_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }
void dulcet_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }
void dulcet_block_signals(void) {
  sigset_t set;
  sigemptyset(&set);
  const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT};
  for (unsigned i = 0; i < sizeof signals / sizeof *signals; i++) sigaddset(&set, signals[i]);
  pthread_sigmask(SIG_BLOCK, &set, 0);
}
int dulcet_realtime(int priority) {
  struct sched_param p = {.sched_priority = priority};
  return pthread_setschedparam(pthread_self(), SCHED_RR, &p);
}
void dulcet_idle_disk(int on) {
  // <linux/ioprio.h> is not on every machine: the class stands in bits 13 and up, 2 is best effort, 3 idle.
  const int this_thread = 1;
  syscall(SYS_ioprio_set, this_thread, 0, (on ? 3 : 2) << 13 | (on ? 0 : 4));
}
int dulcet_accept(int listener) { return accept4(listener, 0, 0, SOCK_CLOEXEC | SOCK_NONBLOCK); }
void dulcet_trim_heap(void) { malloc_trim(0); }

int dulcet_timer(void) { return timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC); }

void dulcet_set_timer(int timer, int64_t milliseconds) {
  struct itimerspec when = {.it_value = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000}};
  timerfd_settime(timer, 0, &when, NULL);
}
