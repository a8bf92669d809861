// The last hand on the terminal. Written in C because it runs in signal handlers: it touches only what stands here,
// and calls only what signal-safety(7) allows (write, tcsetattr, sigaction).
#include "cterminal.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

// Crashes, then those that end a program which does not handle them; the latter are left alone where it does.
static const int deaths[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGHUP, SIGQUIT, SIGTERM, SIGINT};
enum { death_count = sizeof deaths / sizeof *deaths, crash_count = 6 };

static volatile sig_atomic_t is_guarded;
static int terminal;
static struct termios saved;
static char reset_bytes[256];
static int reset_count;
static struct sigaction before[death_count];
static char stack[1 << 16];  // a crash may be the stack's end

static void restore(void) {
  if (!is_guarded) return;
  is_guarded = 0;
  ssize_t ignored = write(terminal, reset_bytes, (size_t)reset_count);
  (void)ignored;
  tcsetattr(terminal, TCSANOW, &saved);
}

// Restores, then lets the signal do what it would have done: it is blocked here, and comes again on return.
static void dying(int signal_number) {
  restore();
  for (int i = 0; i < death_count; i++)
    if (deaths[i] == signal_number) sigaction(signal_number, &before[i], 0);
  raise(signal_number);
}

int dulcet_save_terminal(int descriptor) {
  terminal = descriptor;
  return tcgetattr(descriptor, &saved);
}

void dulcet_guard_terminal(const char *reset, int count) {
  static int is_installed;
  reset_count = count < (int)sizeof reset_bytes ? count : (int)sizeof reset_bytes;
  memcpy(reset_bytes, reset, (size_t)reset_count);
  is_guarded = 1;
  if (is_installed) return;
  is_installed = 1;
  atexit(restore);
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, 0);
  struct sigaction action = {.sa_handler = dying, .sa_flags = SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < death_count; i++) {
    sigaction(deaths[i], 0, &before[i]);
    if (i < crash_count || before[i].sa_handler == SIG_DFL) sigaction(deaths[i], &action, 0);
  }
}

void dulcet_release_terminal(void) { is_guarded = 0; }
