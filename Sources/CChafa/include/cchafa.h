// libchafa, opened with dlopen by whoever calls dulcet_chafa_load first. Its own headers want GLib's, which nothing else here
// needs: the few functions are declared in cchafa.c, by chafa's reference (https://hpjansson.org/chafa/ref/).
#pragma once
#include <stddef.h>
#include <stdint.h>

/// 0 once libchafa is there; -1 when it is not installed. Any thread.
int dulcet_chafa_load(void);

enum dulcet_chafa_mode : int {
  DULCET_CHAFA_TRUECOLOUR = 0,
  DULCET_CHAFA_240 = 2,
  DULCET_CHAFA_16 = 3,
  DULCET_CHAFA_PLAIN = 5,
  DULCET_CHAFA_8 = 6,
};

/// A character and its colours: packed RGB, a palette's index, or -1 for the terminal's own.
typedef struct {
  uint32_t character;
  int foreground;
  int background;
} dulcet_chafa_cell;

/// Draws pixels (red, green, blue, alpha) with characters into `columns` × `rows` cells. After dulcet_chafa_load; any thread,
/// one at a time.
/// - is_ascii: nothing but ASCII. - ground: packed RGB of what is seen through transparent pixels.
void dulcet_chafa_symbols(const uint8_t *rgba, int width, int height, int columns, int rows, enum dulcet_chafa_mode mode,
                          int is_ascii, uint32_t ground, dulcet_chafa_cell *cells);

/// The same as sixel graphics, for cells of so many pixels; to be freed. NULL when that fails.
char *dulcet_chafa_sixels(const uint8_t *rgba, int width, int height, int columns, int rows, int cell_width,
                          int cell_height, uint32_t ground, size_t *count);
