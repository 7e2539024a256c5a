#!/usr/bin/env python3
"""Hold scores to their floors.

    floors.py FLOORS.tsv SCORES

SCORES has a line a score, as the scorers print it, behind the name of what was scored and a tab:
    tram-crash<tab>quotations: found    105 of 110
    parse-ewt<tab>LAS (universal relations)    0.8612
FLOORS has name, row, floor, with tabs; of "p/r/f1" rows the last number counts, or the first where the row's name ends in
" (precision)". A floor that begins with "<=" is a ceiling. A score may not fall below its floor, and a floor whose score
was not measured fails too, unless none of its name was.
"""
import re
import sys

PRECISION = ' (precision)'


def values(words):
    """The numbers of a row: "105 of 110" as a share, all of "p r f1", or the last there is."""
    share = re.search(r'(\d+) of (\d+)$', words)
    if share:
        return [int(share[1]) / int(share[2]) if int(share[2]) else 1.0]
    numbers = [float(x) for x in re.findall(r'(?<![\w.])\d+(?:\.\d+)?(?![\w])', words)]
    return numbers if len(re.findall(r'\d\.\d+', words)) == 3 else numbers[-1:]


def read(scores):
    """The numbers of each name and row, and the names."""
    got, names = {}, set()
    for line in open(scores, encoding='utf-8'):
        name, _, row = line.rstrip('\n').partition('\t')
        m = re.match(r'(.*?\S)\s{2,}(.*)$', row) or re.match(r'(.*?) (\d.*)$', row)
        if not m:
            continue
        names.add(name)
        if numbers := values(m[2]):
            got[name, m[1]] = numbers
    return got, names


def main(floors, scores):
    got, names = read(scores)
    low = 0
    for line in open(floors, encoding='utf-8'):
        if line.startswith('#') or not line.strip():
            continue
        name, row, floor = line.rstrip('\n').split('\t')[:3]
        if name not in names:
            continue
        most = floor.startswith('<=')
        limit = float(floor.lstrip('<='))
        first = row.endswith(PRECISION)
        numbers = got.get((name, row.removesuffix(PRECISION)))
        have = numbers and numbers[0 if first else -1]
        bad = have is None or (have > limit + 1e-9 if most else have < limit - 1e-9)
        low += bad
        print(f"{'LOW ' if bad else 'ok  '} {name:16s} {row:44s} {'-' if have is None else f'{have:.4f}'} {'at most' if most else 'floor'} {limit:.4f}")
    if low:
        sys.exit(f'{low} of the scores lie below their floor')


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
