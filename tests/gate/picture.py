"""The reliability diagram, drawn by hand as SVG: predicted share across, observed share up, the diagonal is exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import sqrt

SIDE = 360  # pixels of the square
MARGIN = 48
COLOURS = ("#0b6e4f", "#c1440e", "#3d5a98", "#7a5195", "#b8860b", "#8a8a8a")  # told apart by the colour-blind, too

Bins = Sequence[Sequence[float]]


def reliability_svg(title: str, curves: Mapping[str, Bins]) -> str:
    """Draw one line for each system; a dot's area is how many claims its bin holds.

    Args:
        title: Shown above.
        curves: By system: (claims, predicted, observed) of each bin.
    """
    width, height = SIDE + 2 * MARGIN + 220, SIDE + 2 * MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="12" role="img" aria-label="{escape(title)}">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        f'<text x="{MARGIN}" y="24" font-size="14">{escape(title)}</text>',
        *_frame(),
    ]
    for number, (name, bins) in enumerate(curves.items()):
        parts += _curve(bins, COLOURS[number % len(COLOURS)])
        y = MARGIN + 20 + 22 * number
        parts.append(f'<circle cx="{SIDE + MARGIN + 20}" cy="{y - 4}" r="5" fill="{COLOURS[number % len(COLOURS)]}"/>')
        parts.append(f'<text x="{SIDE + MARGIN + 32}" y="{y}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _frame() -> list[str]:
    left, top, right, bottom = MARGIN, MARGIN, MARGIN + SIDE, MARGIN + SIDE
    parts = [
        f'<rect x="{left}" y="{top}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#444"/>',
        f'<line x1="{left}" y1="{bottom}" x2="{right}" y2="{top}" stroke="#999" stroke-dasharray="4 4"/>',
        f'<text x="{left + SIDE / 2}" y="{bottom + 36}" text-anchor="middle">predicted share supported</text>',
        f'<text x="{left - 34}" y="{top + SIDE / 2}" text-anchor="middle" '
        f'transform="rotate(-90 {left - 34} {top + SIDE / 2})">observed share supported</text>',
    ]
    for step in range(0, 11, 2):
        at = step / 10
        parts.append(f'<text x="{_x(at):.1f}" y="{bottom + 16}" text-anchor="middle">{at:.1f}</text>')
        parts.append(f'<text x="{left - 6}" y="{_y(at) + 4:.1f}" text-anchor="end">{at:.1f}</text>')
    return parts


def _curve(bins: Bins, colour: str) -> list[str]:
    points = " ".join(f"{_x(predicted):.1f},{_y(observed):.1f}" for _, predicted, observed in bins)
    dots = [
        f'<circle cx="{_x(predicted):.1f}" cy="{_y(observed):.1f}" r="{max(2.0, sqrt(claims)):.1f}" fill="{colour}" '
        f'fill-opacity="0.7"><title>{claims:g} claims: {predicted:.2f} predicted, {observed:.2f} seen</title></circle>'
        for claims, predicted, observed in bins
    ]
    return [f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>', *dots]


def _x(share: float) -> float:
    return MARGIN + share * SIDE


def _y(share: float) -> float:
    return MARGIN + (1 - share) * SIDE
