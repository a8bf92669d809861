#pragma once
#include "include/cpicture.h"

/// More pixels than any cover has; a picture of so many takes seconds.
#define MAXIMUM_PIXELS (100LL * 1000 * 1000)
/// Where a whole picture has to be in memory.
#define MAXIMUM_PIXELS_AT_ONCE (20LL * 1000 * 1000)

/// Takes rows of a large picture, gives the means of squares of `factor` × `factor` pixels.
typedef struct {
  int source_width, source_height, factor, row;
  uint32_t *sums;
  dulcet_picture *to;
} dulcet_reducer;

int dulcet_reducer_begin(dulcet_reducer *reducer, int width, int height, int side, dulcet_picture *to);
/// - Parameter channels: 3 or 4.
void dulcet_reducer_add(dulcet_reducer *reducer, const uint8_t *row, int channels);
void dulcet_reducer_end(dulcet_reducer *reducer);

int dulcet_jpeg_decode(const uint8_t *bytes, size_t count, int side, dulcet_picture *picture);
int dulcet_png_decode(const uint8_t *bytes, size_t count, int side, dulcet_picture *picture);
int dulcet_webp_decode(const uint8_t *bytes, size_t count, int side, dulcet_picture *picture);
