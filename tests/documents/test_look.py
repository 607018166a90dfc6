"""What an inspector of files would mark: broken amounts, lone signature blocks, names without end, dark figures."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from documents import CATALOGUE, facts, fonts, freeze, render
from documents.figures import write_money
from documents.specimens import make_specimen
from documents.wording import hold_amounts, tells_terms
from tests.documents.paper_samples import agreement, crowd, make

LARGE = Decimal("849300.00")


def read_lines(pdf: bytes) -> list[str]:
    return [
        line.strip() for page in PdfReader(BytesIO(pdf)).pages for line in page.extract_text().splitlines()
    ]


def test_no_line_ends_within_an_amount() -> None:
    clauses = tuple(
        facts.ClauseFacts(no=no + 1, text=f"{'甲' * no}应向乙支付{write_money(LARGE)}，另付运费12万元。")
        for no in range(28)
    )
    lines = read_lines(render("agreement", freeze(agreement(clauses=clauses))).pdf)
    assert sum(write_money(LARGE) in line for line in lines) == 28
    assert sum("12万元" in line for line in lines) == 28


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("共3500元。", ["3500元"]),
        ("支付3,500.00元（人民币叁仟伍佰元整）。", ["3,500.00元（人民币叁仟伍佰元整）", "3,500.00元"]),
        ("人民币壹万元整", ["人民币壹万元整"]),
        ("元旦前付12万元", ["12万元"]),
        ("公元2026年，单元3号", []),
    ],
)
def test_amounts_are_found_in_any_text(text: str, held: list[str]) -> None:
    html = str(hold_amounts(text))
    assert re.sub("<[^>]+>", "", html) == text
    found = [
        re.sub("<[^>]+>", "", each)
        for each in re.findall(r"(?=<span class=hold>((?:<span.*?</span>.*?|.*?)</span>))", html)
    ]
    assert sorted(found) == sorted(held)


def test_text_around_an_amount_is_still_only_text() -> None:
    assert str(hold_amounts('<b>"5元"</b>')) == "&lt;b&gt;&#34;<span class=hold>5元</span>&#34;&lt;/b&gt;"


def test_an_amount_wider_than_a_line_breaks_only_between_figures_and_capitals() -> None:
    amount = Decimal("5000018763862.41")
    html = str(hold_amounts(write_money(amount)))
    assert html.count("<span") == 2 and "5000018763862" not in html.replace(",", "").split("</span>")[1]


NAMING = [
    code for code, kind in CATALOGUE.items()
    if code not in ("dossier", "escalation_form", "power_of_attorney", "representative_identity", "delivery_address")
]  # fmt: skip  # a consent is a table of names and signatures itself


@pytest.mark.parametrize("code", NAMING)
def test_forty_two_names_stand_in_a_table_and_not_in_running_text(code: str) -> None:
    told = make(CATALOGUE[code].facts, crowd(42))
    pages = [page.extract_text() for page in PdfReader(BytesIO(render(code, freeze(told)).pdf)).pages]
    named = [len(set(re.findall(r"袁燊\d+", re.sub(r"\s", "", page)))) for page in pages]
    first_table = next(
        (no for no, page in enumerate(pages) if "附表　" in page or "附表 " in page), len(pages)
    )
    assert all(count <= 6 for count in named[:first_table])


@pytest.mark.parametrize("code", ["agreement", "escalation_form", "acceptance_register"])
@pytest.mark.parametrize("size", ["short", "typical"])
def test_the_last_page_holds_more_than_places_to_sign(code: str, size: str) -> None:
    last = PdfReader(BytesIO(render(code, freeze(make_specimen(code, size))).pdf)).pages[-1].extract_text()
    before, found, _ = re.sub(r"\s", "", last).partition("签名" if code != "escalation_form" else "接收回执")
    assert found and len(before) > 60


def test_figures_are_printed_by_the_thin_face_and_nothing_is_thickened() -> None:
    if fonts.find_fonts().figures is None:
        pytest.skip("fonts-lmodern is not installed")
    page = PdfReader(BytesIO(render("agreement", freeze(agreement())).pdf)).pages[0]
    used: dict[str, set[str]] = {}

    def visit(text: str, _cm: object, _tm: object, font: dict[str, str] | None, _size: float) -> None:
        used.setdefault(str((font or {}).get("/BaseFont", "")), set()).update(text)

    page.extract_text(visitor_text=visit)
    thin = set().union(*(text for name, text in used.items() if "lmroman17" in name))
    fang = set().union(*(text for name, text in used.items() if "FandolFang" in name))
    assert thin & set("0123456789") and not fang & set("0123456789")
    assert not thin & set("“”‘’—…·")


def test_terms_that_the_clause_tells_are_not_said_twice() -> None:
    told = facts.ClauseFacts(
        no=1, text=f"李二于2026年4月10日前（含当日）以银行转账方式一次性向王一支付货款{write_money(LARGE)}。",
        obligors=("李二",), obligees=("王一",), amount=LARGE, due=agreement().agreed_on.replace(month=4, day=10),
        method="银行转账",
    )  # fmt: skip
    assert tells_terms(told)
    assert not tells_terms(replace(told, text="李二付清货款。"))
    text = "".join(read_lines(render("agreement", freeze(agreement(clauses=(told,)))).pdf))
    assert text.count("849,300.00") == 1 and "各条按照协议内容载明" in text
