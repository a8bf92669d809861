#!/usr/bin/env python3
"""Writes Sources/TUI/WidthTables.swift from the Unicode Character Database.

    python3 -m venv v && v/bin/pip install unicodedata2 && v/bin/python scripts/widths.py > Sources/TUI/WidthTables.swift

The data comes from the package unicodedata2, which carries the newest UCD (Python's own is as old as Python).
Categories, emoji properties and grapheme boundaries are not in here: Swift's standard library knows them.
"""
import unicodedata2 as unicode

# UAX #11: what is not assigned yet in these blocks is wide, too.
FUTURE = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FFFD), (0x30000, 0x3FFFD)]


def is_wide(value):
    if any(first <= value <= last for first, last in FUTURE):
        return True
    character = chr(value)
    return unicode.category(character) != "Cn" and unicode.east_asian_width(character) in "WF"


def is_ambiguous(value):
    # Marks have no width, private ones are what their font makes of them; Latin-1 to Cyrillic is text everywhere.
    character = chr(value)
    category = unicode.category(character)
    return category[0] != "M" and category not in ("Co", "Cn", "Cf") and unicode.east_asian_width(character) == "A"


def ranges(test):
    result = []
    for value in range(0x80, 0x110000):
        if 0xD800 <= value <= 0xDFFF or not test(value):
            continue
        if result and result[-1][1] == value - 1:
            result[-1][1] = value
        else:
            result.append([value, value])
    return result


def table(name, comment, test):
    print(f"\n/// {comment}")
    print(f"let {name}: [(first: UInt32, last: UInt32)] = [")
    line = " "
    for first, last in ranges(test):
        entry = f" (0x{first:X}, 0x{last:X}),"
        if len(line) + len(entry) > 116:
            print(line)
            line = " "
        line += entry
    print(line)
    print("]")


print(f"// Made by scripts/widths.py from Unicode {unicode.unidata_version}; do not edit.")
table("wideRanges", "Wide and fullwidth (UAX #11, W and F), ascending.", is_wide)
table("ambiguousRanges", "Wide in terminals set up for East Asian legacy fonts, narrow elsewhere (A), ascending.", is_ambiguous)
