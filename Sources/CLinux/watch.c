#define _GNU_SOURCE
#include "clinux.h"
#include <errno.h>
#include <sys/inotify.h>
#include <unistd.h>

int dulcet_watch_begin(void) { return inotify_init1(IN_CLOEXEC); }

int dulcet_watch_directory(int watch, const char *path) {
  // A file that is written in place, or put there under its name by an editor.
  return inotify_add_watch(watch, path, IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR);
}

int dulcet_watch_for_new(int watch, const char *path) {
  return inotify_add_watch(watch, path, IN_CREATE | IN_MOVED_TO | IN_ONLYDIR | IN_MASK_ADD);
}

int dulcet_watch_wait(int watch) {
  char events[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
  ssize_t count;
  do count = read(watch, events, sizeof events);
  while (count < 0 && errno == EINTR);
  return count > 0 ? 0 : -1;
}
