"""The editable copy: the words of the paper itself, in the faces and margins of an office, opened and read again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdf import PdfReader

from documents import CATALOGUE, DRAFT, MissingFact, docx_of, facts, freeze, render
from documents.figures import write_money
from tests.documents.paper_samples import agreement, clauses, crowd, make


def open_word(told: facts.Facts, **more: Any) -> Any:
    return Document(BytesIO(docx_of(told, **more)))


def read_words(document: Any) -> str:
    """All text in the order of the file, without spaces and ruled lines."""
    body = document.element.body
    return re.sub(r"[\s_]", "", "".join(node.text or "" for node in body.iter(qn("w:t"))))


@pytest.mark.parametrize("code", CATALOGUE)
def test_it_says_what_the_printed_paper_says(code: str) -> None:
    told = make(CATALOGUE[code].facts)
    pages = [page.extract_text() for page in PdfReader(BytesIO(render(code, freeze(told)).pdf)).pages]
    printed = re.sub(r"[\s√]|第\s*\d+\s*页\s*共\s*\d+\s*页|骑缝—", "", "".join(pages)).replace("骑缝", "")
    printed = printed.replace(f"核验码{told.verify_code}", "").replace(told.number, "").replace("—", "")
    word = re.sub(r"[□☑—]", "", read_words(open_word(told))).replace(told.number, "")
    said, more = Counter(word), Counter(printed)
    assert not said - more
    assert len(pages) > 1 or not more - said  # a table on two pages has its head twice


def test_every_name_clause_and_amount_is_there() -> None:
    text = read_words(open_word(agreement()))
    for clause in clauses():
        assert clause.text in text
        assert clause.amount is None or write_money(clause.amount) in text
    assert "一式四份" in text and "张䶮" in text and "阿不来提·阿不都热西提" in text


def test_forty_two_workers_stand_in_a_table_whose_head_is_repeated() -> None:
    document = open_word(agreement(crowd(42)))
    roster = next(table for table in document.tables if len(table.rows) > 40)
    assert roster.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in roster.rows)
    assert "合计" in roster.rows[-1].cells[0].text


def test_faces_margins_and_marks_are_those_of_an_office() -> None:
    document = open_word(agreement())
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(each / Mm(1)) for each in margins] == [37, 35, 28, 26]
    faces = {
        run._element.rPr.rFonts.get(qn("w:eastAsia")): run.font.bold
        for paragraph in document.paragraphs
        for run in paragraph.runs
    }
    assert {"仿宋_GB2312", "黑体", "方正小标宋简体"} <= set(faces) and not any(faces.values())
    assert DRAFT in section.header.paragraphs[0].text
    assert document.core_properties.title.startswith("人民调解协议书")
    assert "PAGE" in section.footer._element.xml and "NUMPAGES" in section.footer._element.xml


def test_the_same_facts_give_the_same_bytes_and_lacking_ones_none() -> None:
    assert docx_of(agreement()) == docx_of(agreement())
    with pytest.raises(MissingFact):
        docx_of(agreement(summary=""))


def test_text_of_a_party_stays_text() -> None:
    [first, *rest] = agreement().clauses
    hostile = replace(first, text='</w:t><script>alert(1)</script>&amp; {{ facts }} "引号"')
    assert hostile.text.replace(" ", "") in read_words(open_word(agreement(clauses=(hostile, *rest))))
