#!/usr/bin/env python3
"""Writes the pictures of Samples/ (needs Pillow): the left half red, the right half blue; huge ones; an animated one."""
import os
import struct
import zlib

from PIL import Image

folder = os.path.join(os.path.dirname(__file__), "Samples")
os.makedirs(folder, exist_ok=True)


def path(name):
    return os.path.join(folder, name)


small = Image.new("RGB", (48, 32), (255, 0, 0))
small.paste((0, 0, 255), (24, 0, 48, 32))
small.save(path("small.jpg"), quality=90)
small.save(path("progressive.jpg"), quality=90, progressive=True)
small.save(path("small.png"))
small.save(path("small.webp"), lossless=True)
Image.new("RGB", (1, 1), (9, 200, 9)).save(path("one.png"))
small.save(path("animated.webp"), save_all=True, append_images=[small.rotate(180)], duration=100, lossless=True)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(name, width, height, depth, interlaced, raw):
    head = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, interlaced)
    with open(path(name), "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))


side = 20000
row = b"\0" + b"\xaa" * (side // 8)
png("huge.png", side, side, 1, 0, row * side)
png("huge-interlaced.png", side, side, 1, 1, row * 16)

# Pillow writes no interlaced ones: seven passes by hand, 8 bits of colour.
passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
raw = b""
for x0, y0, dx, dy in passes:
    for y in range(y0, 32, dy):
        raw += b"\0" + b"".join(bytes(small.getpixel((x, y))) for x in range(x0, 48, dx))
head = struct.pack(">IIBBBBB", 48, 32, 8, 2, 0, 0, 1)
with open(path("interlaced.png"), "wb") as file:
    file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))
