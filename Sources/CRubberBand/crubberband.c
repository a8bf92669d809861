#include "crubberband.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

static struct {
  RubberBandState (*new)(unsigned, unsigned, RubberBandOptions, double, double);
  void (*delete)(RubberBandState);
  void (*set_max_process_size)(RubberBandState, unsigned);
  unsigned (*get_preferred_start_pad)(const RubberBandState);
  unsigned (*get_start_delay)(const RubberBandState);
  unsigned (*get_latency)(const RubberBandState);
  void (*process)(RubberBandState, const float *const *, unsigned, int);
  int (*available)(const RubberBandState);
  unsigned (*retrieve)(const RubberBandState, float *const *, unsigned);
} f;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int loaded = -1;

#define FIND(name) (*(void **)&f.name = dlsym(library, "rubberband_" #name)) != NULL

static void load(void) {
  void *library = dlopen("librubberband.so.2", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return;
  if (!(FIND(new) && FIND(delete) && FIND(set_max_process_size) && FIND(process) && FIND(available) && FIND(retrieve)))
    return;
  // Since 3.0; before, the delay was called latency and there was no pad.
  if (!(FIND(get_preferred_start_pad) && FIND(get_start_delay)) && !(FIND(get_latency))) return;
  loaded = 0;
}

int dulcet_rubberband_load(void) {
  pthread_once(&once, load);
  return loaded;
}

RubberBandState dulcet_rubberband_new(unsigned rate, unsigned channels, double time_ratio) {
  int options = RubberBandOptionProcessRealTime | RubberBandOptionThreadingNever | RubberBandOptionChannelsTogether |
                RubberBandOptionEngineFaster;
  return f.new(rate, channels, options, time_ratio, 1.0);
}
void dulcet_rubberband_free(RubberBandState state) { f.delete(state); }
void dulcet_rubberband_set_max_process_size(RubberBandState state, unsigned frames) {
  f.set_max_process_size(state, frames);
}
unsigned dulcet_rubberband_start_pad(RubberBandState state) {
  return f.get_preferred_start_pad ? f.get_preferred_start_pad(state) : 0;
}
unsigned dulcet_rubberband_start_delay(RubberBandState state) {
  return f.get_start_delay ? f.get_start_delay(state) : f.get_latency(state);
}
void dulcet_rubberband_process(RubberBandState state, const float *const *input, unsigned frames, int is_last) {
  f.process(state, input, frames, is_last);
}
int dulcet_rubberband_available(RubberBandState state) { return f.available(state); }
unsigned dulcet_rubberband_retrieve(RubberBandState state, float *const *output, unsigned frames) {
  return f.retrieve(state, output, frames);
}
