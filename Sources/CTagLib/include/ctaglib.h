// TagLib behind a C face: what its own C binding lacks (album artists, discs, pictures), and no exception gets out.
#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// One opened file. Everything that is handed out belongs to it and lives until it is closed.
typedef struct dulcet_tags dulcet_tags;

/// Opens a file by the bytes of its path; NULL when it is no audio file that TagLib knows, or cannot be read.
dulcet_tags *dulcet_tags_open(const char *path);
void dulcet_tags_close(dulcet_tags *tags);

/// The nth value of a property by TagLib's name of it ("ALBUMARTIST", see PropertyMap), as UTF-8; NULL when there is none.
const char *dulcet_tags_value(dulcet_tags *tags, const char *property, unsigned n);

/// Writes the properties that the file does not have yet (their names as above, values as UTF-8) and nothing else.
/// How many were missing; -1 where the file could not be opened or written. Never for a file that is open here.
int dulcet_tags_fill(const char *path, const char *const *properties, const char *const *values, int count);

/// 0 where the file does not say.
int dulcet_tags_milliseconds(const dulcet_tags *tags);
/// In kbit/s.
int dulcet_tags_bitrate(const dulcet_tags *tags);
/// In Hz.
int dulcet_tags_sample_rate(const dulcet_tags *tags);
int dulcet_tags_channels(const dulcet_tags *tags);
/// Bits of a sample; 0 also for a codec that has none of its own.
int dulcet_tags_bits(const dulcet_tags *tags);

/// The embedded picture, the front cover before others; NULL when there is none.
const unsigned char *dulcet_tags_picture(dulcet_tags *tags, size_t *size);

#ifdef __cplusplus
}
#endif
