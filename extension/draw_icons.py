"""Draw the icons: a spring that becomes a river on a blue ground. `python extension/draw_icons.py` writes them.

Nothing but the standard library: each pixel is the mean of a grid of points that are inside or outside of the shapes.
"""

from __future__ import annotations

import math
import struct
import zlib
from pathlib import Path

ICONS = Path(__file__).parent / "addon" / "icons"
SIZES = (16, 32, 48, 128)
GRID = 6  # points a side of a pixel: smooth edges at 16 pixels
GROUND = (11, 83, 148)
WATER = (255, 255, 255)
SPRING = (255, 201, 60)
CORNER = 0.2  # radius of the ground's corners; all lengths are shares of the side

Colour = tuple[int, int, int]


def colour_at(x: float, y: float) -> Colour | None:
    """Return what is drawn at a point, or None outside of the icon.

    Args:
        x: From 0 at the left to 1.
        y: From 0 at the top to 1.
    """
    away = math.hypot(max(abs(x - 0.5) - (0.5 - CORNER), 0), max(abs(y - 0.5) - (0.5 - CORNER), 0))
    if away > CORNER:
        return None
    if math.hypot(x - 0.5, y - 0.24) < 0.13:
        return SPRING
    # The river: it swings once to each side, and widens on its way down.
    middle = 0.5 + 0.13 * math.sin((y - 0.42) * 2.4 * math.pi)
    if y > 0.42 and abs(x - middle) < 0.045 + 0.2 * (y - 0.42):
        return WATER
    return GROUND


def pixel(column: int, row: int, size: int) -> bytes:
    """Return one pixel as red, green, blue and opacity."""
    steps = [(part + 0.5) / GRID for part in range(GRID)]
    found = [colour_at((column + across) / size, (row + down) / size) for down in steps for across in steps]
    inside = [colour for colour in found if colour is not None]
    if not inside:
        return bytes(4)
    mean = [round(sum(colour[part] for colour in inside) / len(inside)) for part in range(3)]
    return bytes([*mean, round(255 * len(inside) / len(found))])


def rows(size: int) -> bytes:
    """Return all rows, each led by PNG's sign for "not filtered"."""
    return b"".join(b"\0" + b"".join(pixel(column, row, size) for column in range(size)) for row in range(size))


def png(size: int) -> bytes:
    """Return the icon as a PNG file."""

    def block(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + block(b"IHDR", header)
        + block(b"IDAT", zlib.compress(rows(size), 9))
        + block(b"IEND", b"")
    )


if __name__ == "__main__":
    for side in SIZES:
        (ICONS / f"{side}.png").write_bytes(png(side))
