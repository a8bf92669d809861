"""Cover pictures, drawn by formula and written as PNG."""

import math
import struct
import zlib


def png(size, colour):
    """A square PNG; `colour(x, y)` gives red, green and blue from 0 to 1 for coordinates from 0 to 1."""
    rows, above = bytearray(), bytes(size * 3)
    for j in range(size):
        row = bytearray()
        for i in range(size):
            for part in colour((i + 0.5) / size, (j + 0.5) / size):
                row.append(max(0, min(248, round(part * 62) * 4)))
        rows.append(2)
        rows += bytes((a - b) & 255 for a, b in zip(row, above))
        above = bytes(row)
    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + chunk(b"IEND", b"")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def blend(a, b, share):
    share = max(0.0, min(1.0, share))
    return tuple(x + (y - x) * share for x, y in zip(a, b))


def disc(x, y, cx, cy, radius, soft=0.006):
    """How much of a disc covers a point: 1 inside, 0 outside, between at the rim."""
    return max(0.0, min(1.0, (radius - math.hypot(x - cx, y - cy)) / soft + 0.5))


def harbour(x, y):
    """A low sun over water, with its road of light."""
    sky = blend((0.12, 0.13, 0.35), (0.98, 0.55, 0.32), y / 0.62)
    if y < 0.62:
        return blend(sky, (1.0, 0.9, 0.65), disc(x, y, 0.5, 0.52, 0.17))
    deep = (y - 0.62) / 0.38
    water = blend((0.75, 0.36, 0.32), (0.06, 0.08, 0.25), deep)
    wave = math.sin(y * 160) * 0.5 + 0.5
    road = max(0.0, 1 - abs(x - 0.5) / (0.16 + deep * 0.2)) * wave
    return blend(water, (1.0, 0.82, 0.55), road * 0.8)


def rails(x, y):
    """Two rails run to a white night's horizon, snow beside them."""
    if y < 0.45:
        sky = blend((0.1, 0.2, 0.38), (0.72, 0.82, 0.9), y / 0.45)
        return blend(sky, (0.97, 0.98, 1.0), disc(x, y, 0.72, 0.18, 0.06))
    depth = (y - 0.45) / 0.55
    ground = blend((0.78, 0.86, 0.93), (0.95, 0.97, 1.0), depth)
    sleeper = math.sin(1.9 / (depth + 0.035) * 6.3) > 0.2 and abs(x - 0.5) < 0.05 + depth * 0.34
    if sleeper:
        ground = (0.42, 0.36, 0.36)
    for side in (-1, 1):
        if abs(x - 0.5 - side * (0.02 + depth * 0.24)) < 0.003 + depth * 0.014:
            return (0.14, 0.16, 0.24)
    return ground


def moon(x, y):
    """A crescent above hills that repeat."""
    sky = blend((0.05, 0.05, 0.16), (0.2, 0.14, 0.36), y)
    light = disc(x, y, 0.6, 0.32, 0.19) * (1 - disc(x, y, 0.68, 0.27, 0.17))
    colour = blend(sky, (0.98, 0.93, 0.7), light)
    for number, base in enumerate((0.62, 0.73, 0.85)):
        hill = base + 0.05 * math.sin(x * (7 + 3 * number) + number * 2)
        if y > hill:
            colour = blend((0.16, 0.3, 0.34), (0.05, 0.12, 0.16), number / 2)
    return colour
