// What Swift cannot see of sqlite3.h: the destructor macros and expression macros.
#pragma once
#include <sqlite3.h>

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
