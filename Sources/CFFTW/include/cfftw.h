// The Fourier transform of FFTW in single precision, opened when a spectrum is looked at first: nothing links it.
#ifndef DULCET_CFFTW_H
#define DULCET_CFFTW_H

/// Opens the library once. 0: it is there, and the functions below may be called. Any thread.
int dulcet_fftw_load(void);

/// A transform of `count` real samples; it lives on one thread at a time. NULL where there is no memory.
typedef struct dulcet_fftw dulcet_fftw;
dulcet_fftw *dulcet_fftw_new(int count);
void dulcet_fftw_free(dulcet_fftw *transform);
/// The `count` samples to be transformed.
float *dulcet_fftw_input(dulcet_fftw *transform);
/// Transforms them; `powers` gets count / 2 + 1 squares of magnitudes, from 0 Hz to half of the rate.
void dulcet_fftw_powers(dulcet_fftw *transform, float *powers);

#endif
