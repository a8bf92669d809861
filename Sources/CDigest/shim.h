// MD5 (libmd: OpenSubsonic's token) and XXH3 (header-only xxHash: checksums of cached chunks).
#pragma once
#include <sys/types.h>
#include <stdint.h>
#include <md5.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

static inline uint64_t dulcet_xxh3(const void *bytes, size_t count) { return XXH3_64bits(bytes, count); }
