#include "internal.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <webp/decode.h>

static struct {
  int (*InitDecoderConfigInternal)(WebPDecoderConfig *, int);
  VP8StatusCode (*GetFeaturesInternal)(const uint8_t *, size_t, WebPBitstreamFeatures *, int);
  VP8StatusCode (*Decode)(const uint8_t *, size_t, WebPDecoderConfig *);
  void (*FreeDecBuffer)(WebPDecBuffer *);
} f;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int loaded;

#define FIND(name) (*(void **)&f.name = dlsym(library, "WebP" #name)) != NULL

static void load(void) {
  void *library = dlopen("libwebp.so.7", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return;
  loaded = FIND(InitDecoderConfigInternal) && FIND(GetFeaturesInternal) && FIND(Decode) && FIND(FreeDecBuffer);
}

int dulcet_webp_decode(const uint8_t *bytes, size_t count, int side, dulcet_picture *picture) {
  pthread_once(&once, load);
  if (!loaded) return DULCET_PICTURE_NO_LIBRARY;
  WebPDecoderConfig config;
  if (!f.InitDecoderConfigInternal(&config, WEBP_DECODER_ABI_VERSION)) return DULCET_PICTURE_NO_LIBRARY;
  if (f.GetFeaturesInternal(bytes, count, &config.input, WEBP_DECODER_ABI_VERSION) != VP8_STATUS_OK)
    return DULCET_PICTURE_DAMAGED;
  if (config.input.has_animation) return DULCET_PICTURE_ANIMATED;
  int width = config.input.width, height = config.input.height;
  if (width < 1 || height < 1) return DULCET_PICTURE_DAMAGED;
  // Lossless ones are kept whole meanwhile.
  if ((long long)width * height > MAXIMUM_PIXELS_AT_ONCE) return DULCET_PICTURE_TOO_LARGE;
  int longer = width > height ? width : height;
  picture->width = longer > side ? (int)((long long)width * side / longer) : width;
  picture->height = longer > side ? (int)((long long)height * side / longer) : height;
  if (picture->width < 1) picture->width = 1;
  if (picture->height < 1) picture->height = 1;
  size_t size = (size_t)picture->width * picture->height * 4;
  picture->rgba = calloc(1, size);
  if (!picture->rgba) return DULCET_PICTURE_TOO_LARGE;
  config.options.use_scaling = 1;
  config.options.scaled_width = picture->width;
  config.options.scaled_height = picture->height;
  config.output.colorspace = MODE_RGBA;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = picture->rgba;
  config.output.u.RGBA.stride = picture->width * 4;
  config.output.u.RGBA.size = size;
  VP8StatusCode status = f.Decode(bytes, count, &config);
  f.FreeDecBuffer(&config.output);
  return status == VP8_STATUS_OK ? DULCET_PICTURE_OK : DULCET_PICTURE_DAMAGED;
}
