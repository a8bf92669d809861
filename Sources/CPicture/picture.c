#include "internal.h"
#include <stdlib.h>
#include <string.h>

int dulcet_picture_decode(const uint8_t *bytes, size_t count, int side, dulcet_picture *picture) {
  memset(picture, 0, sizeof *picture);
  if (side < 16) side = 16;
  if (side > 4096) side = 4096;
  int code = DULCET_PICTURE_UNKNOWN;
  if (count > 3 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0) code = dulcet_jpeg_decode(bytes, count, side, picture);
  else if (count > 8 && memcmp(bytes, "\x89PNG\r\n\x1A\n", 8) == 0) code = dulcet_png_decode(bytes, count, side, picture);
  else if (count > 12 && memcmp(bytes, "RIFF", 4) == 0 && memcmp(bytes + 8, "WEBP", 4) == 0)
    code = dulcet_webp_decode(bytes, count, side, picture);
  if (code != DULCET_PICTURE_OK) dulcet_picture_free(picture);
  return code;
}

void dulcet_picture_free(dulcet_picture *picture) {
  free(picture->rgba);
  memset(picture, 0, sizeof *picture);
}

int dulcet_reducer_begin(dulcet_reducer *reducer, int width, int height, int side, dulcet_picture *to) {
  int longer = width > height ? width : height;
  int factor = (longer + side - 1) / side;
  if (factor < 1) factor = 1;
  *reducer = (dulcet_reducer){.source_width = width, .source_height = height, .factor = factor, .to = to};
  to->width = (width + factor - 1) / factor;
  to->height = (height + factor - 1) / factor;
  to->rgba = calloc((size_t)to->width * to->height, 4);
  reducer->sums = calloc((size_t)to->width, 4 * sizeof(uint32_t));
  if (to->rgba && reducer->sums) return DULCET_PICTURE_OK;
  dulcet_reducer_end(reducer);
  return DULCET_PICTURE_TOO_LARGE;
}

// A sum holds 255 × factor² at most: with factors below 4000 that fits.
void dulcet_reducer_add(dulcet_reducer *reducer, const uint8_t *row, int channels) {
  if (reducer->row >= reducer->source_height) return;
  for (int x = 0; x < reducer->source_width; x++) {
    uint32_t *sum = reducer->sums + (size_t)(x / reducer->factor) * 4;
    const uint8_t *pixel = row + (size_t)x * channels;
    for (int channel = 0; channel < channels; channel++) sum[channel] += pixel[channel];
    if (channels == 3) sum[3] += 255;
  }
  int place = reducer->row++ / reducer->factor;
  int rows = reducer->row - place * reducer->factor;
  if (rows < reducer->factor && reducer->row < reducer->source_height) return;
  dulcet_picture *to = reducer->to;
  for (int x = 0; x < to->width; x++) {
    int columns = reducer->source_width - x * reducer->factor;
    if (columns > reducer->factor) columns = reducer->factor;
    uint32_t area = (uint32_t)columns * rows;
    for (int channel = 0; channel < 4; channel++)
      to->rgba[((size_t)place * to->width + x) * 4 + channel] = reducer->sums[(size_t)x * 4 + channel] / area;
  }
  memset(reducer->sums, 0, (size_t)to->width * 4 * sizeof(uint32_t));
}

void dulcet_reducer_end(dulcet_reducer *reducer) {
  free(reducer->sums);
  reducer->sums = NULL;
}
