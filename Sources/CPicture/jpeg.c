// libjpeg's structures are those of version 6.2, which Debian's libjpeg-turbo keeps (libjpeg.txt).
#include "internal.h"
#include <dlfcn.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

static struct {
  struct jpeg_error_mgr *(*std_error)(struct jpeg_error_mgr *);
  void (*CreateDecompress)(j_decompress_ptr, int, size_t);
  void (*destroy_decompress)(j_decompress_ptr);
  void (*mem_src)(j_decompress_ptr, const unsigned char *, unsigned long);
  int (*read_header)(j_decompress_ptr, boolean);
  boolean (*start_decompress)(j_decompress_ptr);
  JDIMENSION (*read_scanlines)(j_decompress_ptr, JSAMPARRAY, JDIMENSION);
} f;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int loaded;

#define FIND(name) (*(void **)&f.name = dlsym(library, "jpeg_" #name)) != NULL

static void load(void) {
  void *library = dlopen("libjpeg.so.62", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return;
  loaded = FIND(std_error) && FIND(CreateDecompress) && FIND(destroy_decompress) && FIND(mem_src) &&
           FIND(read_header) && FIND(start_decompress) && FIND(read_scanlines);
}

struct guard {
  struct jpeg_error_mgr errors;
  jmp_buf back;
};

static void fail(j_common_ptr common) { longjmp(((struct guard *)common->err)->back, 1); }
static void be_quiet(j_common_ptr common) { (void)common; }
static void count_warning(j_common_ptr common, int level) {
  // A picture that never ends is damage, too.
  if (level < 0 && ++common->err->num_warnings > 1000) fail(common);
}

int dulcet_jpeg_decode(const uint8_t *bytes, size_t count, int side, dulcet_picture *picture) {
  pthread_once(&once, load);
  if (!loaded) return DULCET_PICTURE_NO_LIBRARY;
  struct jpeg_decompress_struct jpeg;
  struct guard guard;
  dulcet_reducer reducer = {0};
  uint8_t *volatile row = NULL;
  volatile int code = DULCET_PICTURE_DAMAGED;
  jpeg.err = f.std_error(&guard.errors);
  guard.errors.error_exit = fail;
  guard.errors.output_message = be_quiet;
  guard.errors.emit_message = count_warning;
  if (setjmp(guard.back)) goto end;
  f.CreateDecompress(&jpeg, JPEG_LIB_VERSION, sizeof jpeg);
  f.mem_src(&jpeg, bytes, count);
  if (f.read_header(&jpeg, TRUE) != JPEG_HEADER_OK) goto end;
  long long pixels = (long long)jpeg.image_width * jpeg.image_height;
  // Those that come in several passes are kept whole meanwhile, three times two bytes a pixel.
  if (pixels > MAXIMUM_PIXELS * 5 || (jpeg.progressive_mode && pixels > MAXIMUM_PIXELS_AT_ONCE)) {
    code = DULCET_PICTURE_TOO_LARGE;
    goto end;
  }
  int longer = jpeg.image_width > jpeg.image_height ? jpeg.image_width : jpeg.image_height;
  jpeg.scale_num = 1;
  jpeg.scale_denom = longer >= side * 8 ? 8 : longer >= side * 4 ? 4 : longer >= side * 2 ? 2 : 1;
  jpeg.out_color_space = jpeg.num_components == 4 ? JCS_CMYK : JCS_RGB;
  if (!f.start_decompress(&jpeg)) goto end;
  row = malloc((size_t)jpeg.output_width * 4);
  if (!row) goto end;
  if (dulcet_reducer_begin(&reducer, jpeg.output_width, jpeg.output_height, side, picture) != DULCET_PICTURE_OK) {
    code = DULCET_PICTURE_TOO_LARGE;
    goto end;
  }
  while (jpeg.output_scanline < jpeg.output_height) {
    uint8_t *place = row;
    if (f.read_scanlines(&jpeg, &place, 1) != 1) goto end;
    if (jpeg.out_color_space == JCS_CMYK)  // Adobe's, which is inverted
      for (JDIMENSION x = 0; x < jpeg.output_width; x++) {
        uint8_t *ink = row + x * 4, black = ink[3];
        for (int channel = 0; channel < 3; channel++) row[x * 3 + channel] = ink[channel] * black / 255;
      }
    dulcet_reducer_add(&reducer, row, 3);
  }
  code = DULCET_PICTURE_OK;
end:
  f.destroy_decompress(&jpeg);
  dulcet_reducer_end(&reducer);
  free(row);
  return code;
}
