"""Every copy comes out of the printer once, none shares a sheet with another, and large print says what it is."""

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from documents import (
    CATALOGUE,
    VOID,
    Paper,
    PaperTooLong,
    Stack,
    collate,
    freeze,
    print_set,
    render,
    render_reading_copy,
)
from tests.documents.paper_samples import agreement, crowd, make


def read_pages(paper: Paper) -> list[str]:
    """The text of each page without spaces."""
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(BytesIO(paper.pdf)).pages]


def stack(code: str, copies: int) -> Stack:
    """Copies of a sample."""
    told = agreement() if code == "agreement" else make(CATALOGUE[code].facts)
    return Stack(code, render(code, freeze(told)).pdf, copies)


def test_copies_follow_each_other_in_binding_order_with_blank_backs() -> None:
    paper = collate([stack("agreement", 4), stack("rights_notice", 3), stack("session_record", 1)])
    pages = read_pages(paper)
    assert paper.pages == len(pages) == 3 * 2 + 2 + 4 * 4
    assert [no for no, page in enumerate(pages) if not page] == [7, 11, 15, 19, 23]
    assert all("权利义务告知书" in pages[no] for no in (0, 2, 4)) and "人民调解记录" in pages[6]
    assert all("人民调解协议书" in pages[no] for no in (8, 12, 16, 20)) and pages[8] == pages[20]
    marks = [(mark.title, no) for mark, no in read_marks(paper)]
    assert marks[0] == ("权利义务告知书（第1份，共3份）", 0) and marks[3] == ("人民调解记录", 6)
    assert marks[-1] == ("人民调解协议书（第4份，共4份）", 20)


def read_marks(paper: Paper) -> list[tuple[object, int | None]]:
    """The bookmarks and their pages."""
    reader = PdfReader(BytesIO(paper.pdf))
    return [(mark, reader.get_destination_page_number(mark)) for mark in reader.outline]


def test_one_sided_printing_needs_no_blank_backs() -> None:
    assert "" not in read_pages(collate([stack("agreement", 2)], duplex=False))


def test_many_copies_cost_few_bytes_and_the_same_ones_each_time() -> None:
    one, many = collate([stack("agreement", 1)]), collate([stack("agreement", 47)])
    assert many.pages == 47 * 4 and len(many.pdf) < len(one.pdf) * 1.2
    assert many == collate([stack("agreement", 47)])


def test_a_set_of_nothing_or_beyond_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="at least one"):
        collate([])
    with pytest.raises(ValueError, match="at least one"):
        collate([stack("session_record", 0)])
    monkeypatch.setattr(print_set, "PAGE_LIMIT", 10)
    with pytest.raises(PaperTooLong, match="共12页"):
        collate([stack("agreement", 3)])


@pytest.mark.parametrize("code", ["agreement", "oral_agreement"])
def test_a_reading_copy_says_so_on_every_page_and_cannot_be_signed(code: str) -> None:
    told = agreement(crowd(12)) if code == "agreement" else make(CATALOGUE[code].facts)
    frozen = freeze(told)
    pages = read_pages(render_reading_copy(code, frozen))
    assert all("阅读版，签字以正式版为准" in page for page in pages)
    text = "".join(pages)
    assert "签名（按指印）" not in text and "（盖章）" not in text and "核验码" not in text
    assert len(pages) > render(code, frozen).pages
    for clause in told.clauses:
        assert clause.text in re.sub(r"(阅读版，签字以正式版为准)?第\d+页共\d+页", "", text)


def test_amounts_of_millions_stay_on_one_line_in_large_print() -> None:
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(print_crowd_of_the_rich().pdf)).pages)
    assert text.count("9,876,543.21") >= 9


def print_crowd_of_the_rich() -> Paper:
    """Nine workers who are owed millions."""

    rich = tuple(
        replace(who, claim_amount=Decimal("9876543.21")) if who.claim_amount else who for who in crowd(12)
    )
    return render_reading_copy("agreement", freeze(agreement(rich)))


def test_no_reading_copy_is_made_of_other_papers() -> None:
    with pytest.raises(ValueError, match="session_record"):
        render_reading_copy("session_record", freeze(make(CATALOGUE["session_record"].facts)))


def test_a_replaced_version_is_marked_void_on_every_page() -> None:
    pages = read_pages(render("agreement", freeze(agreement()), watermark=VOID))
    assert all(VOID in page for page in pages)
