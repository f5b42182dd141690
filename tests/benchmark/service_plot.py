"""The service's bench as a picture: milliseconds of an answer, and what they are spent on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

WIDTH, LEFT, ROW, TOP = 960, 350, 22, 46
LEAST, MOST = 1.0, 100_000.0  # milliseconds, on a scale of powers of ten
COLOURS = {"headwater": "#1b6ca8", "headwater_on_all_cores": "#4fb0ae", "plain": "#b0413e"}
STAGES = ("#1b6ca8", "#2a9d5c", "#c9a227", "#b0413e", "#7a5ea8", "#888888", "#4fb0ae", "#d17c3b", "#333333", "#a0c080")


def plot(report: Mapping[str, Any]) -> str:
    """Return the picture as SVG.

    Args:
        report: As the bench writes it.
    """
    parts = [text(LEFT, 22, "One sentence over HTTP: p50 (bar) to p95 (line), milliseconds; dot: processor time", 14)]
    y = TOP
    for entry in report["sizes"].values():
        for callers in ("one_caller", "callers_16"):
            for way in ("headwater", "headwater_on_all_cores", "plain"):
                if way in entry:
                    name = f"{entry['passages']:,}, {callers.replace('_', ' ')}, {way.replace('_', ' ')}"
                    parts += bar(y, name, entry[way][callers], way)
                    y += ROW
    y += ROW
    parts += ruler(y - ROW)
    for entry in report["sizes"].values():
        parts += shares(y + ROW, f"{entry['passages']:,}: share of stages", entry["stages"])
        y += 5 * ROW
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + ROW}" font-family="sans-serif" '
        f'font-size="12">\n<rect width="100%" height="100%" fill="white"/>\n{body}\n</svg>\n'
    )


def place(milliseconds: float) -> float:
    """Return where a time stands on the scale."""
    share = math.log(max(milliseconds, LEAST) / LEAST) / math.log(MOST / LEAST)
    return LEFT + share * (WIDTH - LEFT - 30)


def bar(y: int, name: str, found: Mapping[str, float], way: str) -> list[str]:
    """Return one row: its name, a bar to p50, a line to p95 and a dot at the processor time."""
    middle, end = place(found["p50_ms"]), place(found["p95_ms"])
    said = f"{found['p50_ms']:,.0f} / {found['p95_ms']:,.0f} ms, {found['requests_per_second']:g}/s"
    return [
        text(LEFT - 8, y + 12, name, 12, "end"),
        f'<rect x="{LEFT}" y="{y}" width="{middle - LEFT:.1f}" height="14" fill="{COLOURS[way]}"/>',
        f'<line x1="{middle:.1f}" x2="{end:.1f}" y1="{y + 7}" y2="{y + 7}" stroke="{COLOURS[way]}" stroke-width="2"/>',
        f'<circle cx="{place(found["cpu_ms_per_request"]):.1f}" cy="{y + 7}" r="4" fill="white" stroke="black"/>',
        text(int(end) + 6, y + 12, said, 11),
    ]


def ruler(y: int) -> list[str]:
    """Return the scale's powers of ten."""
    powers = [10.0**power for power in range(6) if 10.0**power <= MOST]
    return [text(int(place(one)), y + 12, f"{one:,.0f}", 11, "middle") for one in powers]


def shares(y: int, name: str, stages: Mapping[str, float]) -> list[str]:
    """Return one row of stages side by side, and their names under it."""
    parts, x = [text(LEFT - 8, y + 12, name, 12, "end")], float(LEFT)
    for number, (stage, share) in enumerate(stages.items()):
        width = max(0.0, share) * (WIDTH - LEFT - 30)
        parts.append(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="16" fill="{STAGES[number]}"/>')
        column, row = number % 3, number // 3
        parts.append(
            f'<rect x="{LEFT + column * 195}" y="{y + 22 + row * 15}" width="9" height="9" fill="{STAGES[number]}"/>'
        )
        parts.append(text(LEFT + column * 195 + 13, y + 31 + row * 15, f"{stage} {share:.0%}", 11))
        x += width
    return parts


def text(x: int, y: int, words: str, size: int, anchor: str = "start") -> str:
    """Return words at a place."""
    safe = words.replace("&", "&amp;").replace("<", "&lt;")
    return f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}">{safe}</text>'
