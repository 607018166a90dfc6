"""Strokes that a browser sent: read with care, drawn as they are."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from mediation.handwriting import draw, draw_kept, read_strokes, write_strokes

NAME = "[[[0.1,0.1],[0.3,0.3],[0.5,0.1]],[[0.6,0.2],[0.6,0.6]]]"


def test_what_is_kept_is_what_was_drawn() -> None:
    assert write_strokes(read_strokes(NAME)) == NAME


@pytest.mark.parametrize(
    "raw",
    [
        "", "[]", "[[]]", "[[[0.1,0.1]]]", "{}", "[1]", "[[1,2]]", '[["a","b"],["c","d"]]', "[[[0.1],[0.2]]]",
        "[[[NaN,0],[0,0]]]", "[[[1e99,0],[0,0]]]", "[[[true,false],[0,0]]]", "[" * 5000,
        "[[[0.1,0.1],[0.2,0.2]]]" + " " * 200_000,
    ],
)  # fmt: skip
def test_anything_else_is_no_signature(raw: str) -> None:
    with pytest.raises(ValueError):
        read_strokes(raw)


def test_the_picture_shows_ink_on_white_and_no_more_than_was_written() -> None:
    picture = Image.open(BytesIO(draw(read_strokes(NAME)))).convert("L")
    assert picture.format is None and picture.width <= 960 and picture.height <= 1000
    dark = sum(picture.histogram()[:128])
    assert 0 < dark < picture.width * picture.height / 10


def test_strokes_of_another_system_that_cannot_be_drawn_have_no_picture() -> None:
    assert draw_kept("ink") is None
    assert draw_kept(None) is None
