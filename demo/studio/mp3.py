"""MP3 files: lame makes the sound, this writes the tag in front of it (ID3v2.4, UTF-8)."""

import pathlib
import struct
import subprocess

FRAMES = {
    "title": "TIT2", "artist": "TPE1", "album": "TALB", "album_artist": "TPE2", "track": "TRCK", "disc": "TPOS",
    "year": "TDRC", "genre": "TCON", "composer": "TCOM", "copyright": "TCOP",
}


def encode(wav, mp3, options, tags, picture=None):
    """Encodes a WAV file with lame (which writes its own tag with delay and padding) and puts an ID3v2 tag before it."""
    subprocess.run(["lame", "--quiet", "--noreplaygain", *options, str(wav), str(mp3)], check=True)
    path = pathlib.Path(mp3)
    path.write_bytes(id3v2(tags, picture) + path.read_bytes())


def id3v2(tags, picture):
    body = b"".join(frame(FRAMES[name], b"\x03" + str(value).encode()) for name, value in tags.items())
    if picture:
        body += frame("APIC", b"\x03image/png\x00\x03\x00" + picture)
    return b"ID3\x04\x00\x00" + synchsafe(len(body)) + body


def frame(name, data):
    return name.encode() + synchsafe(len(data)) + b"\x00\x00" + data


def synchsafe(number):
    return struct.pack("4B", *(number >> shift & 127 for shift in (21, 14, 7, 0)))
