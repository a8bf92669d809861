// libasound. The *_alloca macros are invisible to Swift: use the _malloc and _free forms.
#pragma once
#include <alsa/asoundlib.h>

// ALSA prints to stderr by default, over the screen. The handler is variadic, so it must be C.
static void dulcet_alsa_silence_fn(const char *f, int l, const char *fn, int e, const char *fmt, ...) {
  (void)f; (void)l; (void)fn; (void)e; (void)fmt;
}
static inline void dulcet_alsa_silence(void) { snd_lib_error_set_handler(dulcet_alsa_silence_fn); }
