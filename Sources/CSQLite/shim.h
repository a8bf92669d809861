// What Swift cannot see of sqlite3.h: the destructor macros and expression macros.
#pragma once
#include <sqlite3.h>
#include <unistd.h>

static inline sqlite3_destructor_type dulcet_sqlite_transient(void) { return SQLITE_TRANSIENT; }
static inline sqlite3_destructor_type dulcet_sqlite_static(void) { return SQLITE_STATIC; }

// Reads bytes of the main file through SQLite's own descriptor: closing another would drop its locks
// (https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
static inline int dulcet_sqlite_read(sqlite3 *db, void *bytes, int count, sqlite3_int64 offset) {
  sqlite3_file *file = 0;
  int result = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (result != SQLITE_OK) return result;
  if (!file || !file->pMethods) return SQLITE_CANTOPEN;
  return file->pMethods->xRead(file, bytes, count, offset);
}

// sync_file_range(2); <fcntl.h> declares it for _GNU_SOURCE only.
extern int sync_file_range(int file, long long offset, long long count, unsigned flags);

// pwrite(2); and the disk begins with each mebibyte that is full, while the next is written. It promises nothing: SQLite
// waits for all of it before a commit, as ever. Small pages are not meant, and whether the second call fails is no matter.
static inline ssize_t dulcet_sqlite_write(int file, const void *bytes, size_t count, long long offset) {
  const long long piece = 1 << 20;
  ssize_t written = pwrite(file, bytes, count, offset);
  if (count >= 16384 && written == (ssize_t)count && (offset + written) % piece == 0)
    sync_file_range(file, offset + written - piece, piece, 2 /* SYNC_FILE_RANGE_WRITE */);
  return written;
}

// Has SQLite write through the function above, in all of this process. Where it uses no such call, nothing changes
// (xSetSystemCall: https://sqlite.org/c3ref/vfs.html).
static inline void dulcet_sqlite_write_early(void) {
  if (sizeof(off_t) != 8 || sqlite3_initialize() != SQLITE_OK) return;
  sqlite3_vfs *files = sqlite3_vfs_find(0);
  if (!files || files->iVersion < 3 || !files->xSetSystemCall || !files->xGetSystemCall) return;
  const char *names[] = {"pwrite", "pwrite64"};
  for (int i = 0; i < 2; i++)
    if (files->xGetSystemCall(files, names[i]))
      files->xSetSystemCall(files, names[i], (sqlite3_syscall_ptr)dulcet_sqlite_write);
}
