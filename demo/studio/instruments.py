"""Instruments: each makes one note as a list of floats, mono, from numbers only. No samples, no libraries."""

import functools
import math
import random

TAU = 2 * math.pi
STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


def hertz(note):
    """The frequency of a note by name: "A4" is 440, "F#3" and "Bb5" as expected, "E+4" a quarter tone above "E4"."""
    step = STEPS[note[0]]
    for sign in note[1:-1]:
        step += {"#": 1, "b": -1, "+": 0.5}[sign]
    return 440 * 2 ** ((step + 12 * (int(note[-1]) + 1) - 69) / 12)


def faded(samples, rate, release=0.04):
    """The note with its last moments drawn to zero, so that nothing clicks."""
    n = min(len(samples), int(rate * release))
    start = len(samples) - n
    for i in range(n):
        samples[start + i] *= 1 - (i + 1) / n
    return samples


@functools.lru_cache(maxsize=None)
def harp(rate, note, seconds, bright=0.5):
    """A plucked string (Karplus and Strong), tuned between samples by an all-pass."""
    period = rate / hertz(note) - 0.5
    size = int(period - 0.1)
    fraction = period - size
    tune = (1 - fraction) / (1 + fraction)
    noise = random.Random(f"harp {note}")
    string, last = [], 0.0
    for _ in range(size):
        last += (noise.uniform(-1, 1) - last) * (0.15 + 0.85 * bright)
        string.append(last)
    mean = sum(string) / size
    string = [x - mean for x in string]
    out, position, before, heard, passed = [], 0, 0.0, 0.0, 0.0
    for _ in range(int(rate * seconds)):
        x = string[position]
        y = (x + before) * 0.4985
        before = x
        passed = tune * (y - passed) + heard
        heard = y
        string[position] = passed
        out.append(x)
        position = position + 1 if position + 1 < size else 0
    return faded(out, rate)


@functools.lru_cache(maxsize=None)
def keys(rate, note, seconds, bell=1.6):
    """An electric piano: one sine bends another; the bend dies before the tone does."""
    w = TAU * hertz(note) / rate
    sin, exp = math.sin, math.exp
    fall, bend, attack = 1.9 / rate, 6.0 / rate, rate * 0.004
    out = []
    for i in range(int(rate * seconds)):
        tone = sin(w * i + bell * exp(-i * bend) * sin(w * i)) + 0.22 * exp(-i * bend * 2) * sin(7 * w * i)
        out.append(tone * exp(-i * fall) * (i / attack if i < attack else 1))
    return faded(out, rate, 0.12)


@functools.lru_cache(maxsize=None)
def glass(rate, note, seconds):
    """A music box: partials of a struck bar, the high ones short."""
    w = TAU * hertz(note) / rate
    sin, exp = math.sin, math.exp
    out = []
    for i in range(int(rate * seconds)):
        t = i / rate
        out.append(sin(w * i) * exp(-2.6 * t) + 0.35 * sin(2.76 * w * i) * exp(-7 * t) + 0.12 * sin(5.4 * w * i) * exp(-16 * t))
    return faded(out, rate)


@functools.lru_cache(maxsize=None)
def pad(rate, note, seconds, warm=1.0):
    """Slow strings: a few harmonics of two voices a hair apart, that swell and go."""
    f = hertz(note)
    n = int(rate * seconds)
    partials = [(1, 1.0), (2, 0.42 * warm), (3, 0.2 * warm), (4, 0.09 * warm), (5, 0.05 * warm)]
    w1, w2 = TAU * f * 0.9985 / rate, TAU * f * 1.0018 / rate
    sin = math.sin
    rise = min(0.9, seconds * 0.35) * rate
    fall = min(1.2, seconds * 0.4) * rate
    out = []
    for i in range(n):
        tone = 0.0
        for k, level in partials:
            tone += level * (sin(k * w1 * i) + sin(k * w2 * i + k))
        out.append(tone * 0.4 * min(1.0, i / rise, (n - i) / fall))
    return out


@functools.lru_cache(maxsize=None)
def reed(rate, note, seconds):
    """An accordion seen from across the square: odd harmonics and a slow tremble."""
    w = TAU * hertz(note) / rate
    n = int(rate * seconds)
    sin = math.sin
    rise, fall, shake = rate * 0.05, rate * 0.09, TAU * 5.1 / rate
    out = []
    for i in range(n):
        x = w * i + 0.05 * sin(shake * i)
        tone = sin(x) + 0.5 * sin(2 * x) + 0.36 * sin(3 * x) + 0.14 * sin(5 * x) + 0.3 * sin(1.004 * x)
        out.append(tone * 0.5 * min(1.0, i / rise, (n - i) / fall) * (1 + 0.12 * sin(shake * i)))
    return out


@functools.lru_cache(maxsize=None)
def bass(rate, note, seconds):
    """A round bass."""
    w = TAU * hertz(note) / rate
    sin, exp = math.sin, math.exp
    attack = rate * 0.008
    out = []
    for i in range(int(rate * seconds)):
        t = i / rate
        out.append((sin(w * i) + 0.4 * sin(2 * w * i) * exp(-5 * t) + 0.15 * sin(3 * w * i) * exp(-9 * t)) * exp(-1.4 * t) * (i / attack if i < attack else 1))
    return faded(out, rate, 0.06)


@functools.lru_cache(maxsize=None)
def pulse(rate, note, seconds, open_=0.5):
    """A small synthesiser: a saw through a filter that closes as the note goes on."""
    step = hertz(note) / rate
    exp = math.exp
    low = band = 0.0
    phase, out = 0.0, []
    for i in range(int(rate * seconds)):
        phase += step
        if phase >= 1:
            phase -= 1
        cut = (0.03 + 0.22 * open_ * exp(-i * 7 / rate)) * 44100 / rate
        band += cut * (2 * phase - 1 - low - 0.75 * band)
        low += cut * band
        out.append(low * exp(-i * 2.5 / rate))
    return faded(out, rate, 0.03)


@functools.lru_cache(maxsize=None)
def kick(rate, _=None, seconds=0.32):
    """A soft bass drum: a sine that falls."""
    out, phase = [], 0.0
    for i in range(int(rate * seconds)):
        t = i / rate
        phase += TAU * (46 + 90 * math.exp(-t * 38)) / rate
        out.append(math.sin(phase) * math.exp(-t * 11))
    return faded(out, rate)


def breath(rate, seconds, decay, high, seed):
    """Noise that dies away; `high` from 0 (dull) to 1 (only the top)."""
    noise, low, out = random.Random(seed), 0.0, []
    for i in range(int(rate * seconds)):
        x = noise.uniform(-1, 1)
        low += (x - low) * 0.35
        out.append((x - low if high else low) * math.exp(-i * decay / rate))
    return faded(out, rate, 0.01)


@functools.lru_cache(maxsize=None)
def hat(rate, _=None, seconds=0.09):
    """A closed cymbal, or a shaker."""
    return breath(rate, seconds, 55, 1, "hat")


@functools.lru_cache(maxsize=None)
def brush(rate, _=None, seconds=0.22):
    """A snare drum played with brushes."""
    body = [0.25 * math.sin(TAU * 185 * i / rate) * math.exp(-i * 28 / rate) for i in range(int(rate * seconds))]
    return [a + b for a, b in zip(body, breath(rate, seconds, 19, 0, "brush"))]


@functools.lru_cache(maxsize=None)
def frame(rate, pitch="D2", seconds=0.5):
    """A frame drum struck in the middle."""
    f = hertz(pitch)
    out, phase = [], 0.0
    skin = breath(rate, seconds, 60, 0, "frame")
    for i in range(int(rate * seconds)):
        t = i / rate
        phase += TAU * f * (1 + 0.5 * math.exp(-t * 30)) / rate
        out.append((math.sin(phase) + 0.35 * math.sin(phase * 1.59)) * math.exp(-t * 8) + 0.5 * skin[i])
    return out
