"""The words of a paper that is signed on a screen are those that are printed."""

from __future__ import annotations

import re

import pytest

from documents import freeze, read_words, render
from documents.specimens import SIZES, make_specimen
from tests.pages import read_pdf


def bare(text: str) -> str:
    return re.sub(r"[\s＿：]", "", text)


@pytest.mark.parametrize("size", SIZES)
def test_every_word_on_the_screen_is_on_the_paper(size: str) -> None:
    frozen = freeze(make_specimen("agreement", size))
    printed = bare(read_pdf(render("agreement", frozen).pdf))
    blocks = read_words("agreement", frozen)
    assert blocks[0].text == "人民调解协议书"
    clauses = [block.text for block in blocks if re.match(r"\d+．", block.text)]
    assert clauses
    for text in clauses:
        # A page ends inside a long clause, with the foot of the page between.
        assert bare(text)[:12] in printed
    assert any("履行" in block.text and block.kind == "heading" for block in blocks)
    assert not [block for block in blocks if "签名（按指印）：" in block.text], (
        "the places to sign stay on paper"
    )


def test_a_table_keeps_its_rows_and_its_sum() -> None:
    blocks = read_words("agreement", freeze(make_specimen("agreement", "typical")))
    [table] = [block for block in blocks if block.kind == "table"]
    assert table.rows[0] == ("期次", "金额（元）", "履行期限")
    assert table.rows[-1] == ("合计", "3,500.00元（人民币叁仟伍佰元整）")
