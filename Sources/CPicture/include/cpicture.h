// Pictures to pixels, through libjpeg, libpng and libwebp, each opened with dlopen when a picture of its kind comes.
// Pictures are untrusted: whatever is wrong with one becomes a code. Memory stays below some 130 MB whatever it claims to be.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum {
  DULCET_PICTURE_OK = 0,
  DULCET_PICTURE_NO_LIBRARY = 1,
  DULCET_PICTURE_UNKNOWN = 2,
  DULCET_PICTURE_DAMAGED = 3,
  DULCET_PICTURE_TOO_LARGE = 4,
  DULCET_PICTURE_ANIMATED = 5,
};

/// Red, green, blue, alpha, row after row; freed with dulcet_picture_free.
typedef struct {
  uint8_t *rgba;
  int width;
  int height;
} dulcet_picture;

/// Decodes a JPEG, PNG or WebP picture, made smaller so that no side is longer than `side` (16 to 4096).
/// Any thread; several at once.
int dulcet_picture_decode(const uint8_t *bytes, size_t count, int side, dulcet_picture *picture);
void dulcet_picture_free(dulcet_picture *picture);
