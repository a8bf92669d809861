#!/usr/bin/env python3
"""Composes the demo music: synthesises each piece, encodes it with lame, tags it and draws the covers.

Usage: compose.py [DIR]     writes DIR (default: the folder `music` beside this file)
Needs Python 3 and the program `lame`. The same machine writes the same bytes every time: nothing is left to chance or to the clock.
"""

import pathlib
import sys
import tempfile

from studio import pieces, picture
from studio.desk import write_wav
from studio.mp3 import encode

# The sample at which the piece "tide" is cut in two: on no frame, beat or zero crossing in particular.
CUT = 931_777

HARBOUR = {"album": "Harbour Lights", "artist": "Lantern Quay Ensemble", "album_artist": "Lantern Quay Ensemble", "year": 2024, "genre": "Ambient"}
RAILS = {"album": "Ночной поезд", "artist": "Трио «Синева»", "album_artist": "Трио «Синева»", "year": 2025, "genre": "Electronic"}
MOON = {"album": "月の庭", "artist": "三日月小楽団", "album_artist": "三日月小楽団", "year": 2026, "genre": "World"}


def tide_part(half):
    channels = pieces.tide()
    return [samples[:CUT] if half == 1 else samples[CUT:] for samples in channels]


# Folder, file name, piece, rate, options of lame, whether the cover is embedded, tags.
TRACKS = [
    ("Lantern Quay Ensemble/Harbour Lights", "01 Ebb", lambda: tide_part(1), 44100, ["-b", "128"], False, {**HARBOUR, "title": "Ebb", "track": "1/4", "disc": "1/1"}),
    ("Lantern Quay Ensemble/Harbour Lights", "02 Flow", lambda: tide_part(2), 44100, ["-b", "128"], False, {**HARBOUR, "title": "Flow", "track": "2/4", "disc": "1/1"}),
    ("Lantern Quay Ensemble/Harbour Lights", "03 Lanterns at Dusk", pieces.lanterns, 44100, ["-b", "112"], False, {**HARBOUR, "title": "Lanterns at Dusk 🏮", "track": "3/4", "disc": "1/1", "genre": "Jazz"}),
    ("Lantern Quay Ensemble/Harbour Lights", "04 Café étoilé", pieces.cafe, 44100, ["-b", "112"], False, {**HARBOUR, "title": "Café étoilé à Orléans", "track": "4/4", "disc": "1/1", "genre": "Waltz"}),
    ("Трио Синева/Ночной поезд", "01 Ночной поезд", pieces.train, 44100, ["-V", "5"], True, {**RAILS, "title": "Ночной поезд", "track": "1/3", "disc": "1/1"}),
    ("Трио Синева/Ночной поезд", "02 Снег над рекой", pieces.snow, 22050, ["-m", "m", "-b", "64"], True, {**RAILS, "title": "Снег над рекой", "track": "2/3", "disc": "1/1", "genre": "Classical"}),
    ("Трио Синева/Ночной поезд", "03 Белые ночи", pieces.white_nights, 48000, ["-b", "96", "--resample", "48"], True, {**RAILS, "title": "Белые ночи", "track": "3/3", "disc": "1/1", "genre": "Ambient"}),
    ("三日月小楽団/月の庭", "1-01 月の庭", pieces.moon_garden, 44100, ["-b", "112"], True, {**MOON, "title": "月の庭", "track": "1/2", "disc": "1/2"}),
    ("三日月小楽団/月の庭", "1-02 مقام الليل", pieces.night_mode, 44100, ["-b", "112"], False, {**MOON, "title": "مقام الليل", "artist": "三日月小楽団 feat. ليلى", "track": "2/2", "disc": "1/2"}),
    ("三日月小楽団/月の庭", "2-01 שיר ערש", pieces.lullaby, 44100, ["-b", "96", "--resample", "44.1"], False, {**MOON, "title": "שיר ערש", "track": "1/1", "disc": "2/2"}),
]

COVERS = {"Lantern Quay Ensemble/Harbour Lights": picture.harbour, "Трио Синева/Ночной поезд": picture.rails, "三日月小楽団/月の庭": picture.moon}
IN_FOLDER = ["Lantern Quay Ensemble/Harbour Lights", "三日月小楽団/月の庭"]


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "music"
    embedded = {folder: picture.png(200, draw) for folder, draw in COVERS.items()}
    for folder in COVERS:
        (root / folder).mkdir(parents=True, exist_ok=True)
    for folder in IN_FOLDER:
        (root / folder / "cover.png").write_bytes(picture.png(320, COVERS[folder]))
    with tempfile.TemporaryDirectory() as scratch:
        for folder, name, piece, rate, options, embed, tags in TRACKS:
            wav = pathlib.Path(scratch) / "piece.wav"
            channels = piece()
            write_wav(str(wav), channels, rate)
            tags = {**tags, "composer": "compose.py", "copyright": "CC0 1.0"}
            encode(wav, root / folder / (name + ".mp3"), options, tags, embedded[folder] if embed else None)
            print(f"{len(channels[0]):8} frames at {rate} Hz  {folder}/{name}.mp3")


if __name__ == "__main__":
    main()
