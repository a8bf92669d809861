"""The mixing desk: places notes in time and space, adds echo and a room, and gives 16-bit samples."""

import array
import math
import random
import wave


class Desk:
    """One piece while it is being made. Notes are placed by beat; the end is cut exactly at `seconds`."""

    def __init__(self, rate, bpm, seconds, name):
        self.rate, self.beat, self.size = rate, 60 / bpm, int(rate * seconds)
        self.left, self.right = [0.0] * self.size, [0.0] * self.size
        self.room, self.echo = [0.0] * self.size, [0.0] * self.size
        self.hand = random.Random(name)

    def play(self, instrument, note, at, beats, gain=0.3, pan=0.0, room=0.2, echo=0.0, **more):
        """Plays one note (or several, "C4 E4 G4") at a beat. `pan` runs from -1 to 1; `room` and `echo` are shares."""
        at = max(0.0, at * self.beat + self.hand.uniform(-0.004, 0.004))
        gain *= self.hand.uniform(0.9, 1.0)
        for one in note.split():
            sound = instrument(self.rate, one, round(beats * self.beat, 4), **more)
            self.mix(sound, int(at * self.rate), gain, pan, room, echo)

    def hit(self, drum, at, gain=0.3, pan=0.0, room=0.12, pitch=None):
        """Strikes a drum at a beat."""
        at = max(0.0, at * self.beat + self.hand.uniform(-0.003, 0.003))
        sound = drum(self.rate, pitch) if pitch else drum(self.rate)
        self.mix(sound, int(at * self.rate), gain * self.hand.uniform(0.85, 1.0), pan, room, 0)

    def mix(self, sound, start, gain, pan, room, echo):
        end = min(self.size, start + len(sound))
        if end <= start:
            return
        angle = (pan + 1) * math.pi / 4
        for bus, share in (
            (self.left, math.cos(angle) * gain), (self.right, math.sin(angle) * gain),
            (self.room, room * gain), (self.echo, echo * gain),
        ):
            if share:
                bus[start:end] = [a + b * share for a, b in zip(bus[start:end], sound)]

    def finish(self, echo_beats=0.75, peak=0.8, fade=1.6):
        """The finished piece: two lists of floats between -1 and 1."""
        self.bounce(echo_beats)
        dull = lowpass(self.room, 0.45)
        for bus, combs in ((self.left, (1116, 1277, 1422, 1617)), (self.right, (1139, 1300, 1445, 1640))):
            wet = reverb(dull, [int(c * self.rate / 44100) for c in combs], self.rate)
            bus[:] = [a + b for a, b in zip(bus, wet)]
        loudest = max(max(map(abs, self.left)), max(map(abs, self.right)))
        return [self.master(bus, peak, loudest, fade) for bus in (self.left, self.right)]

    def bounce(self, echo_beats):
        """Echo that answers from one side and then from the other."""
        step = int(echo_beats * self.beat * self.rate)
        bus, share = self.echo, 1.0
        for turn in range(5):
            start = step * (turn + 1)
            share *= 0.52
            if start >= self.size:
                break
            for side, part in ((self.left, 0.85 if turn % 2 else 0.3), (self.right, 0.3 if turn % 2 else 0.85)):
                side[start:] = [a + b * share * part for a, b in zip(side[start:], bus)]

    def master(self, bus, peak, loudest, fade):
        drive = 1.25 / loudest
        top = math.tanh(1.25)
        out = [math.tanh(x * drive) / top * peak for x in bus]
        n = int(fade * self.rate)
        for i in range(1, n + 1):
            out[-i] *= (i - 1) / n
        return out


def lowpass(samples, share):
    out, y = [], 0.0
    for x in samples:
        y += (x - y) * share
        out.append(y)
    return out


def delayed(samples, delay, feedback):
    """y[i] = x[i] + feedback * y[i - delay], worked a whole delay at a time."""
    out = samples[:delay]
    for start in range(delay, len(samples), delay):
        part = samples[start : start + delay]
        out += [x + feedback * y for x, y in zip(part, out[start - delay : start])]
    return out


def reverb(samples, combs, rate):
    """A room: echoes of four walls, then two diffusers (after Schroeder)."""
    wet = [0.0] * len(samples)
    for size in combs:
        wet = [a + 0.3 * b for a, b in zip(wet, delayed(samples, size, 0.8))]
    for size, g in ((int(556 * rate / 44100), 0.5), (int(225 * rate / 44100), 0.5)):
        inner = delayed(wet, size, g)
        shifted = [0.0] * size + inner
        wet = [b - g * a for a, b in zip(inner, shifted)]
    return wet


def write_wav(path, channels, rate):
    """Writes lists of floats, one for each channel, as 16-bit PCM."""
    whole = array.array("h", bytes(2 * len(channels) * len(channels[0])))
    for number, samples in enumerate(channels):
        whole[number :: len(channels)] = array.array("h", [round(x * 32767) for x in samples])
    with wave.open(path, "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(whole.tobytes())
