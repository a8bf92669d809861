#include "internal.h"
#include <dlfcn.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

static struct {
  png_structp (*create_read_struct)(png_const_charp, png_voidp, png_error_ptr, png_error_ptr);
  png_infop (*create_info_struct)(png_structp);
  void (*destroy_read_struct)(png_structpp, png_infopp, png_infopp);
  void (*set_read_fn)(png_structp, png_voidp, png_rw_ptr);
  png_voidp (*get_error_ptr)(png_structp);
  png_voidp (*get_io_ptr)(png_structp);
  void (*set_user_limits)(png_structp, png_uint_32, png_uint_32);
  void (*set_chunk_malloc_max)(png_structp, png_alloc_size_t);
  void (*read_info)(png_structp, png_infop);
  png_uint_32 (*get_IHDR)(png_structp, png_infop, png_uint_32 *, png_uint_32 *, int *, int *, int *, int *, int *);
  void (*set_expand)(png_structp);
  void (*set_strip_16)(png_structp);
  void (*set_gray_to_rgb)(png_structp);
  void (*set_add_alpha)(png_structp, png_uint_32, int);
  int (*set_interlace_handling)(png_structp);
  void (*read_update_info)(png_structp, png_infop);
  void (*read_row)(png_structp, png_bytep, png_bytep);
} f;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int loaded;

#define FIND(name) (*(void **)&f.name = dlsym(library, "png_" #name)) != NULL

static void load(void) {
  void *library = dlopen("libpng16.so.16", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return;
  loaded = FIND(create_read_struct) && FIND(create_info_struct) && FIND(destroy_read_struct) && FIND(set_read_fn) &&
           FIND(get_error_ptr) && FIND(get_io_ptr) && FIND(set_user_limits) && FIND(set_chunk_malloc_max) && FIND(read_info) &&
           FIND(get_IHDR) && FIND(set_expand) && FIND(set_strip_16) && FIND(set_gray_to_rgb) && FIND(set_add_alpha) &&
           FIND(set_interlace_handling) && FIND(read_update_info) && FIND(read_row);
}

struct source {
  const uint8_t *bytes;
  size_t left;
  jmp_buf back;
};

static void fail(png_structp png, png_const_charp text) {
  (void)text;
  longjmp(((struct source *)f.get_error_ptr(png))->back, 1);
}

static void be_quiet(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void give(png_structp png, png_bytep to, size_t count) {
  struct source *source = f.get_io_ptr(png);
  if (count > source->left) longjmp(source->back, 1);
  memcpy(to, source->bytes, count);
  source->bytes += count;
  source->left -= count;
}

int dulcet_png_decode(const uint8_t *bytes, size_t count, int side, dulcet_picture *picture) {
  pthread_once(&once, load);
  if (!loaded) return DULCET_PICTURE_NO_LIBRARY;
  struct source source = {.bytes = bytes, .left = count};
  dulcet_reducer reducer = {0};
  uint8_t *volatile rows = NULL;
  volatile int code = DULCET_PICTURE_DAMAGED;
  png_structp png = f.create_read_struct(PNG_LIBPNG_VER_STRING, &source, fail, be_quiet);
  png_infop info = png ? f.create_info_struct(png) : NULL;
  if (!info || setjmp(source.back)) goto end;
  f.set_user_limits(png, 65535, 65535);
  f.set_chunk_malloc_max(png, 8 << 20);
  f.set_read_fn(png, &source, give);
  f.read_info(png, info);
  png_uint_32 width = 0, height = 0;
  int depth, kind, interlacing = 0;
  f.get_IHDR(png, info, &width, &height, &depth, &kind, &interlacing, NULL, NULL);
  int isWhole = interlacing != PNG_INTERLACE_NONE;
  long long pixels = (long long)width * height;
  if (pixels > MAXIMUM_PIXELS * 5 || (isWhole && pixels > MAXIMUM_PIXELS_AT_ONCE)) {
    code = DULCET_PICTURE_TOO_LARGE;
    goto end;
  }
  f.set_expand(png);
  f.set_strip_16(png);
  f.set_gray_to_rgb(png);
  f.set_add_alpha(png, 0xFF, PNG_FILLER_AFTER);
  int passes = f.set_interlace_handling(png);
  f.read_update_info(png, info);
  size_t stride = (size_t)width * 4;
  rows = calloc(isWhole ? height : 1, stride);
  if (!rows || dulcet_reducer_begin(&reducer, width, height, side, picture) != DULCET_PICTURE_OK) {
    code = DULCET_PICTURE_TOO_LARGE;
    goto end;
  }
  for (int pass = 0; pass < passes; pass++)
    for (png_uint_32 y = 0; y < height; y++) {
      uint8_t *row = isWhole ? rows + y * stride : rows;
      f.read_row(png, row, NULL);
      if (pass == passes - 1) dulcet_reducer_add(&reducer, row, 4);
    }
  code = DULCET_PICTURE_OK;
end:
  if (png) f.destroy_read_struct(&png, info ? &info : NULL, NULL);
  dulcet_reducer_end(&reducer);
  free(rows);
  return code;
}
