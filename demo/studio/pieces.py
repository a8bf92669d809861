"""The pieces. Each function plays one on a desk of its own and gives the finished channels."""

from .desk import Desk
from .instruments import bass, brush, frame, glass, harp, hat, keys, kick, pad, pulse, reed


def tide(rate=44100):
    """Harp figures over slow strings in D: the piece that is cut in two."""
    d = Desk(rate, 84, 44.5, "tide")
    bars = [
        ("D2", "D3 A3 D4 F#4 A4 F#4 D4 A3", "D3 A3 F#4"), ("B2", "B2 F#3 B3 D4 F#4 D4 B3 F#3", "B2 F#3 D4"),
        ("G2", "G2 D3 G3 B3 D4 B3 G3 D3", "G2 D3 B3"), ("A2", "A2 E3 A3 C#4 E4 C#4 A3 E3", "A2 E3 C#4"),
    ]
    tune = [
        "A4:1.5 F#4:.5 E4:1 D4:1", "F#4:1.5 D4:.5 B3:2", "G4:1 A4:1 B4:1 D5:1", "C#5:1.5 A4:.5 E4:2",
        "A5:1.5 F#5:.5 E5:1 D5:1", "F#5:1 E5:.5 D5:.5 B4:2", "D5:1 B4:1 G4:1 A4:1", "E5:1 C#5:1 A4:2",
    ]
    for bar in range(14):
        root, figure, chord = bars[bar % 4]
        at = bar * 4
        d.play(bass, root, at, 4, 0.22, room=0.05)
        d.play(pad, chord, at, 5, 0.07, -0.2, room=0.35)
        for i, note in enumerate(figure.split()):
            d.play(harp, note, at + i / 2, 3, 0.3, -0.5 + i / 8, room=0.25, echo=0.12)
        if 3 < bar < 12:
            melody(d, keys, tune[bar - 4], at, 0.17, 0.25)
    d.play(harp, "D3 A3 D4 F#4 A4 D5", 56, 5, 0.24, room=0.4)
    return d.finish()


def melody(d, instrument, line, at, gain, pan=0.0, echo=0.2, hold=1.4):
    """Plays "note:beats note:beats …" from a beat on; "-" rests."""
    for word in line.split():
        note, beats = word.split(":")
        if note != "-":
            d.play(instrument, note, at, float(beats) * hold, gain, pan, room=0.25, echo=echo)
        at += float(beats)


def lanterns(rate=44100):
    """Electric piano, brushes and a walking bass, unhurried."""
    d = Desk(rate, 78, 28, "lanterns")
    chords = ["A3 C4 E4 G4", "G3 B3 D4 F#4", "F3 A3 C4 E4", "E3 G3 B3 D4"]
    walk = ["F2 A2 C3 E3", "E2 G2 B2 D3", "D2 F2 A2 C3", "C2 E2 G2 B2"]
    top = ["E5:1.67 C5:.33 D5:2", "B4:.67 D5:.33 F#5:1 E5:2", "C5:1 A4:.67 C5:.33 E5:2", "D5:1.67 B4:.33 G4:2"]
    for bar in range(8):
        at = bar * 4
        for beat in (0, 1.67, 3):
            d.play(keys, chords[bar % 4], at + beat, 2, 0.09, -0.15, room=0.2, echo=0.05)
        for i, note in enumerate(walk[bar % 4].split()):
            d.play(bass, note, at + i, 1.1, 0.3, room=0.04)
        if bar >= 2:
            melody(d, keys, top[bar % 4], at, 0.17, 0.3)
        for beat in range(4):
            d.hit(hat, at + beat, 0.1, 0.4)
            d.hit(hat, at + beat + 0.67, 0.06, 0.4)
            d.hit(kick if beat % 2 == 0 else brush, at + beat, 0.36 if beat % 2 == 0 else 0.2, 0)
    d.play(keys, "F2 C3 A3 E4 G4 B4", 32, 4, 0.11, room=0.4)
    return d.finish()


def cafe(rate=44100):
    """A waltz in A minor for accordion and guitar."""
    d = Desk(rate, 138, 26, "cafe")
    bars = [("A2", "C4 E4"), ("A2", "C4 E4"), ("D3", "D4 F4"), ("D3", "D4 F4"), ("E2", "B3 D4"), ("E3", "G#3 D4"), ("A2", "C4 E4"), ("E3", "G#3 B3")]
    tune = [
        "E5:2 A4:1", "C5:1 B4:1 A4:1", "F5:2 D5:1", "A4:3", "G#4:1 B4:1 D5:1", "F5:1 E5:1 D5:1", "C5:2 E5:1", "B4:3",
        "E5:1 F5:1 E5:1", "A5:2 E5:1", "F5:1 A5:1 F5:1", "D5:3", "B4:1 D5:1 F5:1", "E5:1 D5:1 B4:1", "A4:3", "A4:2 -:1",
    ]
    for bar in range(16):
        at, (root, chord) = bar * 3, bars[bar % 8]
        d.play(harp, root, at, 2.8, 0.42, -0.3, bright=0.3)
        for beat in (1, 2):
            d.play(harp, chord, at + beat, 1.3, 0.24, -0.3 + 0.2 * beat, bright=0.6)
        melody(d, reed, tune[bar], at, 0.13, 0.2, echo=0.08, hold=0.97)
    d.play(harp, "A2 E3 A3 C4 E4 A4", 48, 6, 0.26, room=0.4)
    d.play(reed, "A4 C5 E5", 48, 3.4, 0.07, 0.2, room=0.4)
    return d.finish(1.0)


def train(rate=44100):
    """A night train: sixteenth notes over rails, E minor, wheels in the drums."""
    d = Desk(rate, 112, 30, "train")
    bars = [("E2", "E3 B3 E4 G4"), ("C2", "C3 G3 E4 G4"), ("G2", "G3 B3 D4 G4"), ("D2", "D3 A3 D4 F#4")]
    tune = ["B4:3 A4:1", "G4:3 E4:1", "D5:2 B4:2", "A4:4", "B4:1 D5:1 E5:2", "G5:2 E5:2", "D5:1.5 B4:.5 G4:2", "F#4:4"]
    for bar in range(12):
        at, (root, notes) = bar * 4, bars[bar % 4]
        order = notes.split()
        for i in range(16):
            note = order[(0, 1, 2, 3, 2, 1, 2, 3)[i % 8]]
            d.play(pulse, note, at + i / 4, 0.5, 0.2, 0.5 if i % 2 else -0.5, room=0.12, echo=0.18, open_=0.3 + bar / 24)
        for beat in (0, 1.5, 2.5):
            d.play(bass, root, at + beat, 1.3, 0.34, room=0.03)
        if bar >= 2:
            for beat in range(4):
                d.hit(kick, at + beat, 0.36)
                d.hit(hat, at + beat + 0.5, 0.13, 0.3)
                d.hit(hat, at + beat + 0.75, 0.07, -0.3)
            d.hit(brush, at + 1, 0.2)
            d.hit(brush, at + 3, 0.2)
        if bar >= 4:
            melody(d, keys, tune[bar % 8], at, 0.2, 0.1)
        d.play(pad, notes, at, 4.6, 0.035, room=0.4)
    d.play(pad, "E3 B3 E4 G4 B4", 48, 7, 0.07, room=0.5)
    d.play(bass, "E2", 48, 5, 0.35)
    return d.finish()


def snow(rate=22050):
    """A music box in a cold room: one channel, half the usual rate."""
    d = Desk(rate, 72, 32, "snow")
    tune = ["E5:1 G5:1 A5:1", "B5:2 A5:1", "G5:1 E5:1 D5:1", "E5:3", "C5:1 E5:1 G5:1", "A5:2 G5:1", "F#5:1 D5:1 F#5:1", "G5:3"]
    low = ["E4 B4 G4", "G4 D5 B4", "C4 G4 E4", "A4 E4 C5", "A4 C5 E4", "F#4 C5 A4", "D4 A4 F#4", "G4 B4 D4"]
    for bar in range(12):
        at = bar * 3
        for i, note in enumerate(low[bar % 8].split()):
            d.play(glass, note, at + i, 2.5, 0.2, room=0.3)
        melody(d, glass, tune[bar % 8], at, 0.4, echo=0.15, hold=2)
    d.play(glass, "E4 B4 E5 G5 B5", 36, 4, 0.3, room=0.4)
    left, right = d.finish(1.5)
    return [[(a + b) / 2 for a, b in zip(left, right)]]


def white_nights(rate=48000):
    """A slow chorale for strings, with a high bell now and then. 48 000 Hz."""
    d = Desk(rate, 54, 32, "white nights")
    chorale = ["C3 G3 E4 C5", "A2 A3 E4 C5", "F2 A3 F4 C5", "G2 B3 D4 B4", "E3 B3 E4 G4", "F3 A3 C4 A4", "D3 A3 F4 D5", "G2 D4 G4 B4"]
    bells = ["G5", "E6", "C6", "D6", "B5", "A5", "F6", "D6"]
    for i, chord in enumerate(chorale):
        for voice, note in enumerate(chord.split()):
            d.play(pad, note, i * 3, 4, 0.13, -0.6 + 0.4 * voice, room=0.45)
        d.play(glass, bells[i], i * 3 + 1.5, 3, 0.09, 0.4, room=0.5, echo=0.4)
    d.play(pad, "C3 G3 C4 E4 G4", 24, 5.5, 0.11, room=0.5)
    d.play(glass, "C6", 25, 3, 0.09, room=0.5, echo=0.4)
    return d.finish(1.5, fade=2.5)


def moon_garden(rate=44100):
    """A zither walks through a five-tone garden."""
    d = Desk(rate, 66, 28, "moon garden")
    lines = [
        "D4:1 Eb4:.5 G4:.5 A4:2", "Bb4:.5 A4:.5 G4:1 Eb4:1 D4:1", "A4:1 Bb4:.5 D5:.5 Eb5:1.5 D5:.5", "Bb4:1 A4:2 -:1",
        "D5:.5 Eb5:.25 D5:.25 Bb4:1 A4:1 G4:1", "A4:.5 G4:.5 Eb4:1 D4:2", "G4:.5 A4:.5 Bb4:.5 A4:.5 D4:2",
    ]
    for bar, line in enumerate(lines):
        melody(d, harp, line, bar * 4, 0.5, 0.15, echo=0.3, hold=2.6)
        d.play(harp, ("D3 A3", "G2 D3")[bar % 2], bar * 4, 4, 0.3, -0.4, room=0.3, bright=0.4)
        d.play(pad, ("D3 A3", "G3 D4")[bar % 2], bar * 4, 5, 0.05, room=0.4)
        if bar % 2:
            d.hit(frame, bar * 4 + 3, 0.2, pitch="A2")
    d.play(harp, "D3 A3 D4 A4 D5", 28, 4, 0.3, room=0.4, echo=0.3)
    return d.finish(1.0, fade=1.2)


def night_mode(rate=44100):
    """A lute improvises in Hijaz over a drone and a frame drum."""
    d = Desk(rate, 92, 28, "night mode")
    lines = [
        "D4:1 Eb4:.5 F#4:.5 G4:1 F#4:1", "Eb4:.5 F#4:.5 Eb4:.5 D4:2.5", "A4:1 G4:.5 F#4:.5 G4:.5 A4:.5 Bb4:1", "A4:.5 G4:.5 F#4:.5 Eb4:.5 D4:2",
        "D5:1 C5:.5 Bb4:.5 A4:2", "Bb4:.5 A4:.5 G4:.5 F#4:.5 G4:2", "A4:.25 Bb4:.25 A4:.5 G4:.5 F#4:.5 Eb4:1 F#4:1", "Eb4:1 D4:3",
    ]
    for bar in range(10):
        at = bar * 4
        d.play(pad, "D3 A3", at, 5, 0.06, room=0.3)
        d.play(harp, "D2 D3", at, 4, 0.22, -0.3, bright=0.3)
        for beat, pitch, gain in ((0, "D2", 0.4), (1, "A2", 0.16), (1.5, "A2", 0.2), (2, "D2", 0.34), (3, "A2", 0.22), (3.5, "A2", 0.12)):
            d.hit(frame, at + beat, gain, 0.2, pitch=pitch)
        if bar >= 1 and bar < 9:
            melody(d, harp, lines[bar - 1], at, 0.48, 0.1, echo=0.15, hold=1.8)
    d.play(harp, "D3 A3 D4", 40, 4, 0.4, room=0.4)
    return d.finish(0.5, fade=1.0)


def lullaby(rate=44100):
    """A cradle song in six-eight, G major."""
    d = Desk(rate, 126, 26, "lullaby")
    bars = ["G2 D3 G3 B3 G3 D3", "E2 B2 E3 G3 E3 B2", "C3 G3 C4 E4 C4 G3", "D3 A3 D4 F#4 D4 A3"]
    tune = ["B4:3 D5:2 B4:1", "G4:3 B4:3", "E5:2 D5:1 C5:3", "A4:4 -:2", "B4:2 C5:1 D5:2 G5:1", "E5:3 B4:3", "C5:2 B4:1 A4:2 F#4:1", "G4:5 -:1"]
    for bar in range(8):
        at = bar * 6
        for i, note in enumerate(bars[bar % 4].split()):
            d.play(keys, note, at + i, 2.4, 0.16, -0.3, room=0.2, bell=0.9)
        melody(d, glass, tune[bar], at, 0.26, 0.2, echo=0.12, hold=1.6)
        d.play(pad, " ".join(bars[bar % 4].split()[1:4]), at, 7, 0.045, room=0.4)
    d.play(keys, "G2 D3 G3 B3 D4 G4", 48, 6, 0.14, room=0.4, bell=0.9)
    return d.finish(1.5, fade=1.5)
