// libsndfile, opened with dlopen by whoever calls dulcet_snd_load first: the types come from its header, nothing links to
// it. All other functions may be called only after dulcet_snd_load has returned 0. Documentation: libsndfile's api.html.
#pragma once
#include <sndfile.h>

/// 0 once libsndfile is there; -1 when it is not installed. Any thread; the first call takes a few milliseconds.
int dulcet_snd_load(void);

/// NULL when the bytes are no sound file, or cannot be read.
SNDFILE *dulcet_snd_open(SF_VIRTUAL_IO *io, SF_INFO *info, void *context);
void dulcet_snd_close(SNDFILE *file);
/// Whole frames, as many as there are up to `count`; each also clears the error of the call before.
sf_count_t dulcet_snd_read_short(SNDFILE *file, short *samples, sf_count_t count);
sf_count_t dulcet_snd_read_int(SNDFILE *file, int *samples, sf_count_t count);
sf_count_t dulcet_snd_read_float(SNDFILE *file, float *samples, sf_count_t count);
/// The frame reached, from the first; negative when it failed.
sf_count_t dulcet_snd_seek(SNDFILE *file, sf_count_t frame);
/// The error of the last call; 0 for none.
int dulcet_snd_error(SNDFILE *file);
/// Has an Opus file decoded at this rate, which is one of Opus's own. Before the first read only; 0 when it is done.
int dulcet_snd_set_opus_rate(SNDFILE *file, int rate);
