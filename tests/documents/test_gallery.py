"""The gallery shows every kind with little, usual and extreme content, and nothing is lost or runs off."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from documents import CATALOGUE, freeze, gallery, render, specimens
from documents.figures import format_money

HEAVY = ("agreement", "acceptance_register", "escalation_form", "dossier")


def read_pages(pdf: bytes) -> list[str]:
    """The text of each page without spaces."""
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def test_the_gallery_writes_every_kind_in_every_size(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    few = {code: CATALOGUE[code] for code in ("representative_identity", "delivery_address")}
    monkeypatch.setattr(gallery, "CATALOGUE", few)
    written = gallery.write_gallery(tmp_path / "new" / "folder")
    names = [path.name for path in written]
    assert names[:8] == [f"{code}-{size}.pdf" for code in few for size in (*specimens.SIZES, "blank")]
    assert {"agreement-reading.pdf", "agreement-draft.pdf", "agreement-void.pdf"} < set(names)
    assert all(path.read_bytes().startswith(b"%PDF") for path in written)


@pytest.mark.parametrize("size", specimens.SIZES)
def test_every_specimen_is_complete(size: str) -> None:
    assert all(freeze(specimens.make_specimen(code, size)) for code in CATALOGUE)


@pytest.mark.parametrize("code", HEAVY)
def test_the_longest_papers_keep_every_word_and_leave_no_page_empty(code: str) -> None:
    told = specimens.make_specimen(code, "extreme")
    pages = read_pages(render(code, freeze(told)).pdf)
    text = "".join(pages)
    for paragraph in getattr(told, "summary", "").splitlines():
        assert paragraph[:40] in text and paragraph[-12:] in text
    foot = r"(〔2026〕雀塘镇人调字第0012号)?(核验码\w+)?(第\d+页共\d+页)?(骑缝—)?"
    assert all(len(re.sub(foot, "", page)) > 12 for page in pages)
    for who in told.parties if code in ("agreement", "acceptance_register", "escalation_form") else ():
        assert who.name in text
        assert who.claim_amount is None or format_money(who.claim_amount) in text


def test_thirty_six_parts_of_a_sum_close() -> None:
    [clause, *_] = specimens.make_clauses("extreme")
    assert (
        len(clause.installments) == 36 and sum(part.amount for part in clause.installments) == clause.amount
    )
    assert sum(share.amount for share in clause.shares) == clause.amount and len(clause.shares) == 42
