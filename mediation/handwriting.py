"""Strokes on a pad: read with care, since a browser sent them, and drawn as a picture."""

from __future__ import annotations

import base64
import json
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

Stroke = list[tuple[float, float]]
#: Points are parts of the pad's width; nobody signs on a pad six times as high as it is wide.
WIDTH, FURTHEST, PEN = 900, 6.0, 5
LONGEST = 180_000


def read_strokes(raw: str) -> list[Stroke]:
    """Strokes of at least two points in all, as `[[[x, y], …], …]`; raises ValueError for anything else."""
    if len(raw) > LONGEST:
        raise ValueError("a signature is not so long")
    try:
        said = json.loads(raw)
    except RecursionError as error:
        raise ValueError("not strokes") from error
    if not isinstance(said, list) or not all(isinstance(stroke, list) for stroke in said):
        raise ValueError("not strokes")
    strokes = [[_read_point(point) for point in stroke] for stroke in said]
    if not any(len(stroke) > 1 for stroke in strokes):
        raise ValueError("nothing is written")
    return strokes


def _read_point(point: Any) -> tuple[float, float]:
    if not isinstance(point, list) or len(point) != 2 or any(type(one) not in (int, float) for one in point):
        raise ValueError("not a point")
    x, y = point
    if not (-FURTHEST <= x <= FURTHEST and -FURTHEST <= y <= FURTHEST):  # NaN and infinity fail this too
        raise ValueError("off the pad")
    return x, y


def write_strokes(strokes: list[Stroke]) -> str:
    """As they are kept."""
    return json.dumps(strokes, separators=(",", ":"))


def draw(strokes: list[Stroke]) -> bytes:
    """The signature as a PNG, black on white, trimmed to what was written."""
    points = [point for stroke in strokes for point in stroke]
    left, top = (min(axis) for axis in zip(*points, strict=True))
    right, bottom = (max(axis) for axis in zip(*points, strict=True))
    scale = WIDTH / max(right - left, (bottom - top) / 2, 0.05)
    edge = 4 * PEN
    size = (round((right - left) * scale) + 2 * edge, round((bottom - top) * scale) + 2 * edge)
    picture = Image.new("L", size, 255)
    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        line = [((x - left) * scale + edge, (y - top) * scale + edge) for x, y in stroke]
        if len(line) > 1:
            pen.line(line, fill=0, width=PEN, joint="curve")
    held = BytesIO()
    picture.quantize(4).save(held, "PNG", optimize=True)
    return held.getvalue()


def draw_kept(raw: str | None) -> str | None:
    """The picture of strokes as the database keeps it, in base64; None where there are none that can be drawn."""
    try:
        return base64.b64encode(draw(read_strokes(raw))).decode() if raw else None
    except ValueError:
        return None  # an imported case file may hold what another system wrote
