// librubberband's C interface, opened when the first speed other than 1 is asked for: nothing links it.
#ifndef DULCET_CRUBBERBAND_H
#define DULCET_CRUBBERBAND_H

#include <rubberband/rubberband-c.h>

/// Opens the library once. 0: it is there, and the functions below may be called. Any thread.
int dulcet_rubberband_load(void);

/// One that lives on its caller's thread alone; NULL where there is no memory.
RubberBandState dulcet_rubberband_new(unsigned rate, unsigned channels, double time_ratio);
void dulcet_rubberband_free(RubberBandState state);
void dulcet_rubberband_set_max_process_size(RubberBandState state, unsigned frames);
/// Frames of silence to begin with, and frames to throw away for them.
unsigned dulcet_rubberband_start_pad(RubberBandState state);
unsigned dulcet_rubberband_start_delay(RubberBandState state);
void dulcet_rubberband_process(RubberBandState state, const float *const *input, unsigned frames, int is_last);
/// Frames that can be retrieved; -1: everything was.
int dulcet_rubberband_available(RubberBandState state);
unsigned dulcet_rubberband_retrieve(RubberBandState state, float *const *output, unsigned frames);

#endif
