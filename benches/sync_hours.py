#!/usr/bin/env python3
"""Draws docs/pictures/sync-hours.svg from the figures of benches/sync_hours.rs: how many hours a night takes, on a logarithmic scale.

    python3 benches/sync_hours.py docs/pictures/sync-hours.csv docs/pictures/sync-hours.svg
"""
import csv
import math
import sys

WIDTH, LEFT, RIGHT, TOP, ROW, GAP = 850, 236, 70, 92, 34, 14
SHORTEST, LONGEST = 1 / 60, 400  # hours


def spaced(number):
    return f"{int(number):,}".replace(",", " ")


def length(hours):
    span = math.log10(LONGEST / SHORTEST)
    return max(1.5, (WIDTH - LEFT - RIGHT) * math.log10(max(hours, SHORTEST) / SHORTEST) / span)


def told(hours):
    if hours < 1:
        return f"{max(1, round(hours * 60))} min"
    return f"{hours:.1f} h" if hours < 10 else f"{hours:.0f} h"


def drawn(rows):
    parts, y, size = [], TOP, None
    for row in rows:
        if row["people"] != size:
            y += GAP if size else 0
            size = row["people"]
            parts.append(f'<text class="n" x="16" y="{y + 20}">{spaced(size)} people</text>')
        parts.append(f'<text class="c" x="{LEFT - 8}" y="{y + 20}">{spaced(row["changes"])} changes</text>')
        bars = [("y", float(row["hours"]), row["requests"]), ("p", float(row["by_person_hours"]), row["by_person_requests"])]
        for place, (look, hours, requests) in enumerate(bars):
            top, long = y + 3 + place * 14, length(hours)
            parts.append(f'<rect class="{look}" x="{LEFT}" y="{top}" width="{long:.1f}" height="12"/>')
            inside = long > 200
            x, anchor, look = (LEFT + long - 5, "end", "i") if inside else (LEFT + long + 5, "start", "v")
            label = f"{told(hours)} · {spaced(requests)} requests"
            parts.append(f'<text class="{look}" x="{x:.1f}" y="{top + 10}" text-anchor="{anchor}">{label}</text>')
        y += ROW
    grid = []
    for hours, name in [(1 / 60, "1 min"), (1 / 6, "10 min"), (1, "1 h"), (10, "10 h"), (100, "100 h")]:
        x = LEFT + (0 if hours == SHORTEST else length(hours))
        grid.append(f'<path class="g" d="M{x:.1f} {TOP - 8} V{y + 4}"/><text class="a" x="{x:.1f}" y="{TOP - 14}">{name}</text>')
    height = y + 16
    title, about = "How long a night takes at 200 requests an hour", "The sync, which lists everybody, beside a job that looks each person up"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'aria-labelledby="title desc"><title id="title">{title}</title><desc id="desc">{about}</desc><style>\n'
        'text{font-family:Helvetica,Arial,"DejaVu Sans",sans-serif;font-size:13px;fill:#1a2430}\n'
        ".t{font-size:15px;font-weight:bold}.n{font-weight:bold}.c{text-anchor:end;font-size:12px}.a{text-anchor:middle;font-size:12px;fill:#3d4f63}\n"
        ".v{font-size:11px}.i{font-size:11px;fill:#fff}.y{fill:#2f6b3c}.p{fill:#a25c5c}.g{stroke:#d5dde6;stroke-width:1}\n"
        f'</style><rect width="{WIDTH}" height="{height}" fill="#fff"/><text class="t" x="16" y="26">{title}</text>'
        '<rect class="y" x="16" y="40" width="14" height="12"/><text x="36" y="51">sync.run: everybody listed, changes written</text>'
        '<rect class="p" x="330" y="40" width="14" height="12"/><text x="350" y="51">person by person: each looked up, changes written</text>'
        + "".join(grid)
        + "".join(parts)
        + "</svg>\n"
    )


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write(drawn(rows))


if __name__ == "__main__":
    main()
