#include "csndfile.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static struct {
  SNDFILE *(*open_virtual)(SF_VIRTUAL_IO *, int, SF_INFO *, void *);
  int (*close)(SNDFILE *);
  sf_count_t (*readf_short)(SNDFILE *, short *, sf_count_t);
  sf_count_t (*readf_int)(SNDFILE *, int *, sf_count_t);
  sf_count_t (*readf_float)(SNDFILE *, float *, sf_count_t);
  sf_count_t (*seek)(SNDFILE *, sf_count_t, int);
  int (*error)(SNDFILE *);
  int (*command)(SNDFILE *, int, void *, int);
} f;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int loaded = -1;

#define FIND(name) (*(void **)&f.name = dlsym(library, "sf_" #name)) != NULL

static void load(void) {
  void *library = dlopen("libsndfile.so.1", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return;
  if (FIND(open_virtual) && FIND(close) && FIND(readf_short) && FIND(readf_int) && FIND(readf_float) && FIND(seek) &&
      FIND(error) && FIND(command))
    loaded = 0;
}

int dulcet_snd_load(void) {
  pthread_once(&once, load);
  return loaded;
}

SNDFILE *dulcet_snd_open(SF_VIRTUAL_IO *io, SF_INFO *info, void *context) {
  return f.open_virtual(io, SFM_READ, info, context);
}
void dulcet_snd_close(SNDFILE *file) { f.close(file); }
sf_count_t dulcet_snd_read_short(SNDFILE *file, short *samples, sf_count_t count) {
  return f.readf_short(file, samples, count);
}
sf_count_t dulcet_snd_read_int(SNDFILE *file, int *samples, sf_count_t count) {
  return f.readf_int(file, samples, count);
}
sf_count_t dulcet_snd_read_float(SNDFILE *file, float *samples, sf_count_t count) {
  return f.readf_float(file, samples, count);
}
sf_count_t dulcet_snd_seek(SNDFILE *file, sf_count_t frame) { return f.seek(file, frame, SEEK_SET); }
int dulcet_snd_error(SNDFILE *file) { return f.error(file); }
int dulcet_snd_set_opus_rate(SNDFILE *file, int rate) {
  return f.command(file, SFC_SET_ORIGINAL_SAMPLERATE, &rate, sizeof rate) == SF_TRUE ? 0 : -1;
}
