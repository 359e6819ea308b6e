"""Writes composition.bin, the data for Unicode's normalization form C: `python3 make_composition.py`.

With the name of a file, it also writes random texts there and how Python composes them, for the tests.

.NET normalizes only with the ICU library, which the program does not load (InvariantGlobalization). All numbers are
little-endian, 32 bits:
  the number of combining marks, then for each: code point, canonical combining class;
  the number of decompositions, then for each: code point, first, second (0 if none);
  the number of compositions, then for each: first, second, composed.
Each list is sorted. Hangul syllables are computed and not included.
"""

import pathlib
import random
import struct
import sys
import unicodedata

HANGUL = range(0xAC00, 0xD7A4)


def main():
    classes, decompositions, compositions = [], [], []
    for point in range(sys.maxunicode + 1):
        if 0xD800 <= point <= 0xDFFF or point in HANGUL:
            continue
        character = chr(point)
        if unicodedata.combining(character):
            classes.append((point, unicodedata.combining(character)))
        mapping = unicodedata.decomposition(character)
        if not mapping or mapping.startswith("<"):
            continue
        parts = [int(part, 16) for part in mapping.split()]
        decompositions.append((point, parts[0], parts[1] if len(parts) == 2 else 0))
        # Excluded from composition: whatever form C itself takes apart.
        if len(parts) == 2 and unicodedata.normalize("NFC", character) == character:
            compositions.append((parts[0], parts[1], point))
    with open(pathlib.Path(__file__).with_name("composition.bin"), "wb") as file:
        for table in (classes, decompositions, sorted(compositions)):
            file.write(struct.pack("<I", len(table)))
            for row in table:
                file.write(struct.pack(f"<{len(row)}I", *row))
    print(f"Unicode {unicodedata.unidata_version}: {len(classes)} marks, {len(decompositions)} decompositions, "
          f"{len(compositions)} compositions")
    if len(sys.argv) > 1:
        write_cases(sys.argv[1], [row[0] for row in classes], [row[0] for row in decompositions])


def write_cases(path, marks, decomposed):
    random.seed(1)
    pool = [*marks, *decomposed, *range(0x61, 0x7B), *range(0x1100, 0x1200), *random.sample(HANGUL, 200)]
    with open(path, "w") as file:
        for length in [1, 2, 3, 4, 6] * 200:
            text = "".join(chr(random.choice(pool)) for _ in range(length))
            composed = unicodedata.normalize("NFC", text)
            file.write(";".join(" ".join(f"{ord(c):04X}" for c in part) for part in (text, composed)) + "\n")


main()
