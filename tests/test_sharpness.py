"""A photographed page that nobody can read is told from one that can be read: real pages, as a telephone takes them."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageEnhance, ImageFilter

import workflows
from documents import freeze, render
from documents.specimens import make_specimen
from mediation.config import read_settings
from mediation.uploads import keep

pytestmark = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="apt-get install poppler-utils")


@cache
def pages(folder: Path) -> tuple[Image.Image, ...]:
    """The pages of a short and of an ordinary agreement, as large as a telephone sends them."""
    found = []
    for size in ("short", "typical"):
        pdf = folder / f"{size}.pdf"
        pdf.write_bytes(render("agreement", freeze(make_specimen("agreement", size))).pdf)
        subprocess.run(["pdftoppm", "-r", "140", "-png", str(pdf), str(folder / size)], check=True)
        found += [Image.open(path).convert("L") for path in sorted(folder.glob(f"{size}-*.png"))]
    return tuple(found)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


def photograph(page: Image.Image, *, blur: float, noise: float, contrast: float) -> BytesIO:
    """Held a little askew, in the light of a room, by a camera with grain, out of focus by so many points."""
    taken = page.filter(ImageFilter.GaussianBlur(blur)) if blur else page
    taken = ImageEnhance.Contrast(taken.rotate(0.7, fillcolor=235)).enhance(contrast)
    taken = ImageChops.add(taken, Image.effect_noise(taken.size, noise), 1, -128)
    held = BytesIO()
    taken.save(held, "JPEG", quality=85)
    held.seek(0)
    return held


def measure(tmp_path: Path, file: BytesIO) -> int | None:
    return keep(read_settings({"MEDIATION_INSTANCE": str(tmp_path)}), file).sharpness


BELOW = int(workflows.load("case").rules["blurred_below"])
LIGHTS = [(2, 0.9), (6, 0.75)]


@pytest.mark.parametrize(("noise", "contrast"), LIGHTS)
@pytest.mark.parametrize("blur", [0, 1.0])
def test_a_page_that_can_be_read_is_let_pass(
    folder: Path, tmp_path: Path, blur: float, noise: float, contrast: float
) -> None:
    for page in pages(folder):
        found = measure(tmp_path, photograph(page, blur=blur, noise=noise, contrast=contrast))
        assert found is not None and found > 2 * BELOW, found


@pytest.mark.parametrize(("noise", "contrast"), LIGHTS)
@pytest.mark.parametrize("blur", [2.5, 4.0])
def test_a_page_that_nobody_can_read_is_noticed(
    folder: Path, tmp_path: Path, blur: float, noise: float, contrast: float
) -> None:
    for page in pages(folder):
        found = measure(tmp_path, photograph(page, blur=blur, noise=noise, contrast=contrast))
        assert found is not None and found < BELOW, found


def test_in_the_dark_nobody_is_warned_in_vain(folder: Path, tmp_path: Path) -> None:
    for page in pages(folder):
        found = measure(tmp_path, photograph(page, blur=0, noise=14, contrast=0.45))
        assert found is None or found > BELOW


def test_of_an_empty_page_nothing_is_measured(tmp_path: Path) -> None:
    held = BytesIO()
    Image.new("L", (1200, 1600), 240).save(held, "JPEG")
    held.seek(0)
    assert measure(tmp_path, held) is None
