// What Swift cannot see of sqlite3.h: the destructor macros and expression macros.
#pragma once
#include <sqlite3.h>

static inline sqlite3_destructor_type dulcet_sqlite_transient(void) { return SQLITE_TRANSIENT; }
static inline sqlite3_destructor_type dulcet_sqlite_static(void) { return SQLITE_STATIC; }
