"""Each form exists for who has only a pen: its words, and lines where facts would stand."""

import re
from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader

from documents import CATALOGUE, Paper, blank, facts

LINE_WORDS = {
    "agreement": ("一式份", "签名（按指印）", "记录人", "4．"),
    "session_record": ("调解结果", "人民调解员签名", "公开"),
    "confirmation_application": ("请求事项", "此致", "第二百零五条"),
    "termination_notice": ("仲裁途径", "行政途径", "诉讼途径"),
    "delivery_address": ("受送达人", "电子送达"),
    "dossier": ("卷内目录", "卷宗情况说明", "本卷共页"),
}


def read(paper: Paper) -> str:
    """The text without spaces."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(paper.pdf)).pages))


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_form_can_be_filled_in_by_hand(code: str) -> None:
    paper = blank(code)
    text = read(paper)
    assert CATALOGUE[code].title in text and 1 <= paper.pages <= 4
    assert not re.search(r"None|span|blank|<|>|undefined", text)
    assert re.search(r"(19|20)\d\d年", text) is None  # no date is filled in
    assert all(words in text for words in LINE_WORDS.get(code, ()))
    assert count_lines(paper) >= 5


def count_lines(paper: Paper) -> int:
    """How many straight lines are drawn."""
    with pikepdf.open(BytesIO(paper.pdf)) as pdf:
        return sum(
            str(operator) in {"re", "l"}
            for page in pdf.pages
            for _, operator in pikepdf.parse_content_stream(page)
        )


def test_a_form_is_the_same_each_time() -> None:
    assert blank("agreement") == blank("agreement")


def test_an_office_can_have_its_own_name_on_its_forms() -> None:
    office = facts.CommitteeFacts(name="新邵县<b>雀塘镇</b>人民调解委员会", phone="0739-3600001")
    text = read(blank("acceptance_notice", office))
    assert "新邵县<b>雀塘镇</b>人民调解委员会" in text and "0739-3600001" in text


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(KeyError):
        blank("dream")
