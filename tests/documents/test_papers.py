"""Every paper says all it was told, prints every name, and comes out the same each time."""

import hashlib
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from documents import CATALOGUE, DRAFT, Paper, cite_law, facts, freeze, render, wording
from documents.figures import add_up, format_money, spell_money
from tests.documents.paper_samples import PAIR, SUMMARY, agreement, clauses, crowd, make, wage_clauses

ROOT = Path(__file__).resolve().parents[2]
RARE = ("张䶮", "胡𬭎", "孙㛃", "阿不来提·阿不都热西提", "李喆堃")


def read_pages(paper: Paper) -> list[str]:
    """The text of each page without spaces and line ends."""
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(BytesIO(paper.pdf)).pages]


def read_body(paper: Paper) -> str:
    """The running text, without what stands in the margins."""
    margin = r"(〔2026〕雀塘镇人调字第0012号)?核验码7K3M-9QXA第\d+页共\d+页(骑缝—)?$"
    return "".join(re.sub(margin, "", page) for page in read_pages(paper))


def read_fonts(paper: Paper) -> dict[str, bool]:
    """Each font of the paper, and whether it is embedded."""
    found: dict[str, bool] = {}
    for page in PdfReader(BytesIO(paper.pdf)).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            inner = font.get_object()["/DescendantFonts"].get_object()[0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            found[str(inner["/BaseFont"])] = any(key.startswith("/FontFile") for key in descriptor)
    return found


@cache
def print_agreement(count: int) -> Paper:
    """An agreement of so many parties."""
    return render("agreement", freeze(agreement(crowd(count) if count > 2 else PAIR)))


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_kind_is_printed_with_its_parties_and_pages(code: str) -> None:
    told = make(CATALOGUE[code].facts)
    paper = render(code, freeze(told))
    pages = read_pages(paper)
    assert len(pages) == paper.pages and paper.sha256 == hashlib.sha256(paper.pdf).hexdigest()
    text = "".join(pages)
    assert CATALOGUE[code].title in text and told.number in text
    numbered = (
        [f"第{no}页共{len(pages)}页" for no in range(1, len(pages) + 1)]
        if code not in ("dossier", "party_slip")
        else []
    )
    assert re.findall(r"第\d+页共\d+页", text) == numbered
    # A department is told what it is asked, and not whose quarrel it is.
    whistle = code.startswith("whistle_")
    told_to_one = code in ("delivery_address", "court_handover")
    for who in told.parties if not told_to_one else told.parties[:1]:
        assert (who.name in text) is not whistle
    assert not [name for name, embedded in read_fonts(paper).items() if not embedded or "DejaVu" in name]


@pytest.mark.parametrize("count", [2, 4, 45])
def test_an_agreement_names_every_party_clause_and_amount(count: int) -> None:
    parties = crowd(count) if count > 2 else PAIR
    text = read_body(print_agreement(count))
    for who in parties:
        assert who.name in text
        assert who.claim_amount is None or format_money(who.claim_amount) in text
    for clause in clauses() if count == 2 else wage_clauses(parties):
        assert clause.text in text
        if clause.amount is not None:
            assert f"{format_money(clause.amount)}元（人民币{spell_money(clause.amount)}）" in text
    assert {2: "一式四份", 4: "一式六份", 45: "一式四十七份"}[count] in text
    assert SUMMARY in text and "（以下空白）" in text


@pytest.mark.parametrize("count", [2, 4, 45])
def test_the_signatures_are_never_alone_on_a_page(count: int) -> None:
    page = next(page for page in read_pages(print_agreement(count)) if "（以下空白）" in page)
    before, after = page.split("（以下空白）")
    assert len(before.split("0012号", 1)[-1]) > 50  # two lines and more
    assert "签名（按指印）" in after and "人民调解员：" in after and "（盖章）" in after


def test_the_total_of_a_large_side_closes() -> None:
    parties = crowd(45)
    total = add_up(who.claim_amount for who in parties)
    text = "".join(read_pages(print_agreement(45)))
    assert (
        text.count(f"合计{format_money(total)}元（人民币{spell_money(total)}）") == 2
    )  # claims, and what is paid out
    assert text.count("签名（按指印）") >= 6  # the table's head is repeated on each of its pages


def test_a_seam_is_marked_only_across_several_sheets() -> None:
    assert all("骑缝" in page for page in read_pages(print_agreement(2)))
    short = (facts.ClauseFacts(no=1, text="双方互不追究。"),)
    bare = tuple(facts.PartyFacts(name=who.name, role="申请人", kind="organization") for who in PAIR)
    told = make(facts.OralAgreement, bare, summary="口角。", clauses=short, place="村部", mediators=("何清",))
    paper = render("oral_agreement", freeze(told))
    assert ("骑缝" in read_pages(paper)[0]) == (paper.pages > 1)


def test_rare_names_print_and_can_be_read_out() -> None:
    people = tuple(facts.PartyFacts(name=name, role="申请人", address=name) for name in RARE)
    text = "".join(read_pages(render("agreement", freeze(agreement(people)))))
    for name in RARE:
        assert text.count(name) >= 3  # the party's block, its address, its box


def test_the_same_facts_give_the_same_bytes_in_any_process() -> None:
    frozen = freeze(agreement())
    assert render("agreement", frozen) == render("agreement", frozen)
    script = "import sys; from documents import render; print(render('agreement', sys.stdin.read()).sha256)"
    other = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script],
        input=frozen,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
        cwd=ROOT,
    )
    assert other.stdout.strip() == render("agreement", frozen).sha256


def test_a_draft_says_so_on_every_page_and_a_paper_does_not() -> None:
    frozen = freeze(agreement())
    mark = DRAFT.replace(" ", "")
    assert all(mark in page for page in read_pages(render("agreement", frozen, watermark=DRAFT)))
    assert mark not in "".join(read_pages(render("agreement", frozen)))


def test_both_sides_of_a_confirmation_are_applicants() -> None:
    text = "".join(
        read_pages(render("confirmation_application", freeze(make(facts.ConfirmationApplication))))
    )
    assert "被申请人" not in text and text.count("申请人：") >= 4
    for part in (
        "请求事项",
        "事实和理由",
        "此致湖南省新邵县人民法院",
        "恶意串通",
        "附：",
        "第二百零五条",
        "三十日",
    ):
        assert part in text


def test_a_termination_names_all_three_routes_that_remain() -> None:
    text = "".join(read_pages(render("termination_notice", freeze(make(facts.TerminationNotice)))))
    assert all(route in text for route in ("仲裁途径", "行政途径", "诉讼途径", "送达记录", "第二十六条"))


def test_papers_made_at_the_same_time_do_not_mix() -> None:
    frozen = [freeze(agreement(summary=f"第{no}件纠纷。")) for no in range(4)]
    alone = [render("agreement", text).sha256 for text in frozen]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: render("agreement", text).sha256, frozen))
    assert together == alone


def test_who_stayed_away_or_is_represented_signs_no_record() -> None:
    parties = (
        *PAIR,
        facts.PartyFacts(name="胡𬭎", role="第三人"),
        facts.PartyFacts(name="孙㛃", role="第三人"),
    )
    parties = (*parties[:3], replace(parties[3], represented_by="胡𬭎"))
    came = (
        facts.AttendanceFacts(name="张䶮"),
        facts.AttendanceFacts(name=PAIR[1].name, present=False),
        facts.AttendanceFacts(name="胡𬭎", present=False, in_place="刘𬬭"),
    )
    text = "".join(
        read_pages(render("session_record", freeze(make(facts.SessionRecord, parties, attendance=came))))
    )
    signing = text.split("（以下空白）")[1]
    assert "张䶮" in signing and "胡𬭎" in signing
    assert PAIR[1].name not in signing and "孙㛃" not in signing
    assert f"{PAIR[1].name}（未到场）" in text and "胡𬭎（由刘𬬭到场）" in text


def test_short_papers_take_no_more_sheets_than_they_need() -> None:
    pages = {
        code: render(code, freeze(agreement() if code == "agreement" else make(CATALOGUE[code].facts))).pages
        for code in ("acceptance_notice", "session_notice", "session_record", "rights_notice", "agreement")
    }
    assert pages == {
        "acceptance_notice": 1, "session_notice": 1, "session_record": 1, "rights_notice": 2, "agreement": 3,
    }  # fmt: skip


def test_a_notice_of_acceptance_reads_as_official_chinese() -> None:
    told = make(
        facts.AcceptanceNotice,
        source="警调",
        dispute_title="张䶮与易某道路交通事故纠纷",
        accepted_on=date(2026, 1, 12),
    )
    text = "".join(read_pages(render("acceptance_notice", freeze(told))))
    assert "本委员会于2026年1月10日收到张䶮与易某道路交通事故纠纷（类型：邻里纠纷；案件来源：警调）。" in text
    assert "决定于2026年1月12日受理" in text and "你们（案件来源" not in text


def test_the_articles_of_one_law_are_cited_under_one_name() -> None:
    law = cite_law(date(2026, 1, 10))
    assert wording.join_citations([law.principles, law.parties_rights, law.court_jurisdiction]) == (
        "《中华人民共和国人民调解法》第三条、第二十三条、《中华人民共和国民事诉讼法》第二百零五条"
    )
