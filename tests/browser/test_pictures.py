"""The pictures of the README are of real pages."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mediation.pictures import PAPER, SHOTS, take_pictures
from tests.browser.county import ACCEPT, AGREED, PEOPLE, County
from tests.makers import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning"),
]
CLAUSE = {
    "text": "被申请人于2026年12月31日前支付申请人3500元。", "kind": "pay", "amount": "3500.00", "due": "2026-12-31",
    "method": "cash", "obligors": ["r1"], "obligees": ["a1"],
}  # fmt: skip
WRITE = ("agree", {"form": "written", "clauses": [CLAUSE]})
SIGN = ("sign", {"parties": ["a1", "r1"], "mediators": ["王秀英"], "seal": True, "manner": "signature"})


def test_each_picture_is_of_a_page_as_it_is(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("no pdftoppm: apt-get install poppler-utils")
    county.file_case(ACCEPT, AGREED, WRITE, names=("吴小妹", "郑大江"))
    county.file_case(ACCEPT, AGREED, WRITE, SIGN)
    me = PEOPLE["v1"][1]
    shots = tuple((name, me if who else "", window, way) for name, who, window, way in SHOTS)
    monkeypatch.setattr("mediation.pictures.SHOTS", shots)
    monkeypatch.setattr("mediation.pictures.PAPER", (PAPER[0], me, PAPER[2]))

    class Lent:
        """The suite's own browser: a second one cannot be started beside it."""

        def __enter__(self) -> Any:
            return county.chromium

        def __exit__(self, *failure: object) -> None:
            return None

    monkeypatch.setattr("mediation.pictures._browser", Lent)
    told: list[str] = []
    take_pictures(county.app, PASSWORD, tmp_path / "out", told.append)
    assert len(told) == len(SHOTS) + 1
    for name, _, window, _ in SHOTS:
        with Image.open(tmp_path / "out" / f"{name}.png") as image:
            assert image.size == window
