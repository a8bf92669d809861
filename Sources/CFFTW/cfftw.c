#include "cfftw.h"
#include <dlfcn.h>
#include <fftw3.h>
#include <pthread.h>
#include <stdlib.h>

static struct {
  void *(*malloc)(size_t);
  void (*free)(void *);
  fftwf_plan (*plan_dft_r2c_1d)(int, float *, fftwf_complex *, unsigned);
  void (*execute)(const fftwf_plan);
  void (*destroy_plan)(fftwf_plan);
} f;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int loaded = -1;
// FFTW's planner is not to be used by two threads at once; executing plans is.
static pthread_mutex_t planning = PTHREAD_MUTEX_INITIALIZER;

struct dulcet_fftw {
  int count;
  float *input;
  fftwf_complex *output;
  fftwf_plan plan;
};

#define FIND(name) (*(void **)&f.name = dlsym(library, "fftwf_" #name)) != NULL

static void load(void) {
  void *library = dlopen("libfftw3f.so.3", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return;
  if (FIND(malloc) && FIND(free) && FIND(plan_dft_r2c_1d) && FIND(execute) && FIND(destroy_plan)) loaded = 0;
}

int dulcet_fftw_load(void) {
  pthread_once(&once, load);
  return loaded;
}

dulcet_fftw *dulcet_fftw_new(int count) {
  dulcet_fftw *transform = calloc(1, sizeof *transform);
  if (!transform) return NULL;
  transform->count = count;
  transform->input = f.malloc(sizeof(float) * (size_t)count);
  transform->output = f.malloc(sizeof(fftwf_complex) * (size_t)(count / 2 + 1));
  if (transform->input && transform->output) {
    pthread_mutex_lock(&planning);
    transform->plan = f.plan_dft_r2c_1d(count, transform->input, transform->output, FFTW_ESTIMATE);
    pthread_mutex_unlock(&planning);
  }
  if (transform->plan) return transform;
  dulcet_fftw_free(transform);
  return NULL;
}

void dulcet_fftw_free(dulcet_fftw *transform) {
  if (!transform) return;
  pthread_mutex_lock(&planning);
  if (transform->plan) f.destroy_plan(transform->plan);
  pthread_mutex_unlock(&planning);
  f.free(transform->input);
  f.free(transform->output);
  free(transform);
}

float *dulcet_fftw_input(dulcet_fftw *transform) { return transform->input; }

void dulcet_fftw_powers(dulcet_fftw *transform, float *powers) {
  f.execute(transform->plan);
  for (int bin = 0; bin <= transform->count / 2; bin++) {
    float real = transform->output[bin][0], imaginary = transform->output[bin][1];
    powers[bin] = real * real + imaginary * imaginary;
  }
}
