#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""unicode_ranges.py > core/text/unicode_ranges.inc: the ranges of Unicode that core/text/unicode.cpp looks up.

Python carries the Unicode Character Database; the version stands in the first line of the result.
"""
import sys
import unicodedata

# Default_Ignorable_Code_Point (DerivedCoreProperties.txt) beside the category Cf: nothing is drawn for these.
IGNORABLE = [(0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065),
             (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF)]
# Medial and final jamo stand over the syllable before; as wcwidth() of the C libraries has them.
JAMO = [(0x1161, 0x11FF), (0xD7B0, 0xD7FF)]
# Unassigned here is wide by EastAsianWidth.txt's rule for these blocks.
WIDE_BLOCKS = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FFFD), (0x30000, 0x3FFFD)]


def within(code, ranges):
    return any(first <= code <= last for first, last in ranges)


def is_trick(code):
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF or within(code, IGNORABLE):
        return True
    return unicodedata.category(chr(code)) in ("Cc", "Cf", "Zl", "Zp", "Cs")


def is_mark(code):
    return not is_trick(code) and (unicodedata.category(chr(code)) in ("Mn", "Me") or within(code, JAMO))


def is_wide(code):
    if is_trick(code) or is_mark(code):
        return False
    return unicodedata.east_asian_width(chr(code)) in ("W", "F") or within(code, WIDE_BLOCKS)


def ranges_of(matches):
    found = []
    for code in range(0x110000):
        if not matches(code):
            continue
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


def main():
    print("// SPDX-License-Identifier: GPL-3.0-or-later")
    print(f"// Made by scripts/unicode_ranges.py from Unicode {unicodedata.unidata_version}. Not to be edited.")
    for name, matches in (("kTricks", is_trick), ("kMarks", is_mark), ("kWide", is_wide)):
        found = ranges_of(matches)
        print(f"constexpr std::array<Range, {len(found)}> {name}{{{{")
        line = "   "
        for first, last in found:
            item = f" {{0x{first:04X}, 0x{last:04X}}},"
            if len(line) + len(item) > 118:
                print(line)
                line = "   "
            line += item
        print(line)
        print("}};")


if __name__ == "__main__":
    sys.exit(main())
