#include "include/cchafa.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// chafa-canvas-config.h, chafa-canvas.h, chafa-symbol-map.h, chafa-term-db.h of 1.12; the interface is stable since 1.8.
enum { PIXEL_MODE_SYMBOLS = 0, PIXEL_MODE_SIXELS = 1, PIXEL_RGBA8_UNASSOCIATED = 4 };
enum { TAG_SPACE = 1, TAG_SOLID = 1 << 1, TAG_BLOCK = 1 << 3, TAG_QUAD = 1 << 7, TAG_HALF = 3 << 8, TAG_ASCII = 1 << 14 };
enum { DITHER_NONE = 0, DITHER_ORDERED = 1 };

typedef struct {
  char *str;
  size_t len;
  size_t allocated_len;
} string;  // GLib's GString

static struct {
  void *(*canvas_config_new)(void);
  void (*canvas_config_unref)(void *);
  void (*canvas_config_set_geometry)(void *, int, int);
  void (*canvas_config_set_cell_geometry)(void *, int, int);
  void (*canvas_config_set_canvas_mode)(void *, int);
  void (*canvas_config_set_pixel_mode)(void *, int);
  void (*canvas_config_set_symbol_map)(void *, const void *);
  void (*canvas_config_set_bg_color)(void *, uint32_t);
  void (*canvas_config_set_dither_mode)(void *, int);
  void (*canvas_config_set_work_factor)(void *, float);
  void *(*symbol_map_new)(void);
  void (*symbol_map_unref)(void *);
  void (*symbol_map_add_by_tags)(void *, int);
  void *(*canvas_new)(const void *);
  void (*canvas_unref)(void *);
  void (*canvas_draw_all_pixels)(void *, int, const uint8_t *, int, int, int);
  uint32_t (*canvas_get_char_at)(void *, int, int);
  void (*canvas_get_colors_at)(void *, int, int, int *, int *);
  void (*canvas_get_raw_colors_at)(void *, int, int, int *, int *);
  string *(*canvas_print)(void *, void *);
  void *(*term_db_get_default)(void);
  void *(*term_db_get_fallback_info)(void *);
  void (*term_info_unref)(void *);
  void (*set_n_threads)(int);
  char *(*g_string_free)(string *, int);
} f;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int loaded = -1;

#define FIND(name) (*(void **)&f.name = dlsym(library, "chafa_" #name)) != NULL

static void load(void) {
  void *library = dlopen("libchafa.so.0", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return;
  *(void **)&f.g_string_free = dlsym(library, "g_string_free");
  if (f.g_string_free && FIND(canvas_config_new) && FIND(canvas_config_unref) && FIND(canvas_config_set_geometry) &&
      FIND(canvas_config_set_cell_geometry) && FIND(canvas_config_set_canvas_mode) &&
      FIND(canvas_config_set_pixel_mode) && FIND(canvas_config_set_symbol_map) && FIND(canvas_config_set_bg_color) &&
      FIND(canvas_config_set_dither_mode) && FIND(canvas_config_set_work_factor) && FIND(symbol_map_new) &&
      FIND(symbol_map_unref) && FIND(symbol_map_add_by_tags) && FIND(canvas_new) && FIND(canvas_unref) &&
      FIND(canvas_draw_all_pixels) && FIND(canvas_get_char_at) && FIND(canvas_get_colors_at) &&
      FIND(canvas_get_raw_colors_at) && FIND(canvas_print) && FIND(term_db_get_default) &&
      FIND(term_db_get_fallback_info) && FIND(term_info_unref) && FIND(set_n_threads)) {
    f.set_n_threads(1);  // a cover is small, and threads of its own would know nothing of our signals
    loaded = 0;
  }
}

int dulcet_chafa_load(void) {
  pthread_once(&once, load);
  return loaded;
}

static void *draw(const uint8_t *rgba, int width, int height, void *config) {
  void *canvas = f.canvas_new(config);
  f.canvas_draw_all_pixels(canvas, PIXEL_RGBA8_UNASSOCIATED, rgba, width, height, width * 4);
  return canvas;
}

void dulcet_chafa_symbols(const uint8_t *rgba, int width, int height, int columns, int rows, enum dulcet_chafa_mode mode,
                          int is_ascii, uint32_t ground, dulcet_chafa_cell *cells) {
  void *symbols = f.symbol_map_new();
  f.symbol_map_add_by_tags(symbols, is_ascii ? TAG_ASCII | TAG_SPACE : TAG_SPACE | TAG_SOLID | TAG_BLOCK | TAG_QUAD | TAG_HALF);
  void *config = f.canvas_config_new();
  f.canvas_config_set_geometry(config, columns, rows);
  f.canvas_config_set_canvas_mode(config, mode);
  f.canvas_config_set_pixel_mode(config, PIXEL_MODE_SYMBOLS);
  f.canvas_config_set_symbol_map(config, symbols);
  f.canvas_config_set_bg_color(config, ground);
  f.canvas_config_set_dither_mode(config, mode == DULCET_CHAFA_TRUECOLOUR ? DITHER_NONE : DITHER_ORDERED);
  f.canvas_config_set_work_factor(config, 0.7f);
  void *canvas = draw(rgba, width, height, config);
  for (int y = 0; y < rows; y++)
    for (int x = 0; x < columns; x++) {
      dulcet_chafa_cell *cell = cells + (size_t)y * columns + x;
      cell->character = f.canvas_get_char_at(canvas, x, y);
      if (mode == DULCET_CHAFA_TRUECOLOUR)
        f.canvas_get_colors_at(canvas, x, y, &cell->foreground, &cell->background);
      else
        f.canvas_get_raw_colors_at(canvas, x, y, &cell->foreground, &cell->background);
    }
  f.canvas_unref(canvas);
  f.canvas_config_unref(config);
  f.symbol_map_unref(symbols);
}

char *dulcet_chafa_sixels(const uint8_t *rgba, int width, int height, int columns, int rows, int cell_width,
                          int cell_height, uint32_t ground, size_t *count) {
  void *config = f.canvas_config_new();
  f.canvas_config_set_cell_geometry(config, cell_width, cell_height);
  f.canvas_config_set_geometry(config, columns, rows);
  f.canvas_config_set_canvas_mode(config, DULCET_CHAFA_TRUECOLOUR);
  f.canvas_config_set_pixel_mode(config, PIXEL_MODE_SIXELS);
  f.canvas_config_set_bg_color(config, ground);
  void *canvas = draw(rgba, width, height, config);
  void *terminal = f.term_db_get_fallback_info(f.term_db_get_default());
  string *text = f.canvas_print(canvas, terminal);
  char *copy = text ? malloc(text->len + 1) : NULL;
  if (copy) {
    memcpy(copy, text->str, text->len);
    *count = text->len;
  }
  if (text) f.g_string_free(text, 1);
  f.term_info_unref(terminal);
  f.canvas_unref(canvas);
  f.canvas_config_unref(config);
  return copy;
}
