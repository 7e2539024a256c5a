#!/usr/bin/env python3
"""Hold the scores that a guide tells to those that were measured.

    guide.py GUIDE.md FLOORS.tsv SCORES

FLOORS and SCORES are as floors.py reads them. Below the guide's heading "Scores" each row of a table tells figures. Where they come from stands
in backquotes: name and row beside the figure, or the row before a line of figures whose names head their columns. A row
without backquotes links to a page, and the figure is to stand there. A cell may tell precision, recall and F1. A figure may lie at
most .005 from the one that was measured; one that was not measured is wrong, unless none of its name was. The guide has the names
that have floors, and no others.
"""
import os
import re
import sys

import floors

MOST = .005


def cells(line):
    return [cell.strip() for cell in line.strip().strip('|').split('|')]


def codes(text):
    return re.findall(r'`([^`]*)`', text)


def told(guide):
    """(name, row, figures) of each figure in the guide's tables; a page's has no name, and the page for its row."""
    _, _, section = guide.partition('\n## Scores\n')
    section = section.partition('\n## ')[0]
    head = None
    for line in section.splitlines():
        if not line.startswith('|'):
            head = None
        elif head is None:
            head = cells(line)
        elif not re.fullmatch(r'[|\s:-]+', line):
            row, names = cells(line), [codes(cell) for cell in head]
            if any(names):
                for name, cell in zip(names, row):
                    if name:
                        yield name[0], codes(line)[0], cell
            elif codes(line):
                name, key = codes(line)
                yield name, key, row[-1]
            else:
                yield None, re.search(r'\]\(([^)]*)\)', line)[1], row[-1]


def main(guide, floor, scores):
    got, names = floors.read(scores)
    held = {line.split('\t')[0] for line in open(floor, encoding='utf-8') if '\t' in line and not line.startswith('#')}
    wrong, seen = [], set()
    for name, row, cell in told(open(guide, encoding='utf-8').read()):
        if name is None:
            page = open(os.path.join(os.path.dirname(guide), row), encoding='utf-8').read()
            if not re.search(rf'(?<![\d.]){re.escape(cell)}(?!\d)', page):
                wrong.append(f'{row} does not have {cell}')
            continue
        seen.add(name)
        have, say = got.get((name, row)), [float(x) for x in re.findall(r'\d*\.?\d+', cell)]
        if have is None:
            if name in names:
                wrong.append(f'{name}, {row}: not measured')
        elif len(say) not in (1, len(have)) or any(abs(a - b) > MOST + 1e-9 for a, b in zip(reversed(say), reversed(have))):
            wrong.append(f"{name}, {row}: the guide says {cell}, measured {' '.join(f'{x:.4f}' for x in have)}")
    wrong += [f'{name}: no row in the guide' for name in sorted(held - seen)]
    wrong += [f'{name}: no floors' for name in sorted(seen - held)]
    for line in wrong:
        print(line)
    if wrong:
        sys.exit(f'{guide}: {len(wrong)} of the scores are not as measured')
    print(f'{guide}: the scores are as measured')


if __name__ == '__main__':
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
