"""The card that is read aloud before signing: one large page, told from the same facts as the agreement."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from documents import facts, freeze, render
from documents.plain import tell_plainly
from documents.specimens import make_specimen
from tests.documents.paper_samples import agreement, clauses, crowd, wage_clauses

DEBTOR, CREDITOR = "阿不来提·阿不都热西提", "张䶮"


def card(reader: str, source: facts.Agreement | None = None, **more: Any) -> facts.AgreementCard:
    """The card of ``reader`` from the very facts of an agreement."""
    told = dict(vars(source or agreement()))
    told.pop("court_copies")
    told.pop("more_copies")
    return facts.AgreementCard(**told, reader=reader, contact="何清", contact_phone="139****0003", **more)


def read_text(pdf: bytes) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def test_one_side_pays_and_the_other_gets() -> None:
    pays, gets = tell_plainly(card(DEBTOR)), tell_plainly(card(CREDITOR))
    assert pays.pays[0] == f"您要付给{CREDITOR}3,500.00元，最迟2026年2月10日，用银行转账。"
    assert gets.gets[0] == f"{DEBTOR}要付给您3,500.00元，最迟2026年2月10日，用银行转账。"
    assert "第1次700.00元，最迟2026年3月1日" in pays.pays[1]
    assert pays.does and gets.is_done and not gets.pays


def test_every_clause_stands_on_the_card_once() -> None:
    for reader in (DEBTOR, CREDITOR, "外人"):
        told = tell_plainly(card(reader))
        assert sum(len(lines) for lines in vars(told).values()) == len(clauses())


def test_a_worker_reads_his_own_share() -> None:
    parties = crowd(42)
    told = tell_plainly(card("袁燊7", agreement(parties, clauses=wage_clauses(parties))))
    assert "20,077.50元" in told.gets[0] and "袁燊8" not in told.gets[0]


def test_what_changes_in_the_agreement_changes_on_the_card() -> None:
    source = agreement()
    other = replace(
        source, clauses=(replace(source.clauses[0], amount=Decimal("4321.00")), *source.clauses[1:])
    )
    before, after = (
        read_text(render("agreement_card", freeze(card(DEBTOR, each))).pdf) for each in (source, other)
    )
    assert "3,500.00元" in before and "3,500.00元" not in after and "4,321.00元" in after


@pytest.mark.parametrize("size", ["short", "typical"])
def test_a_usual_card_is_one_page(size: str) -> None:
    paper = render("agreement_card", freeze(make_specimen("agreement_card", size)))
    assert paper.pages == 1


def test_it_says_that_nobody_need_sign_and_how_long_the_court_can_be_asked() -> None:
    text = read_text(render("agreement_card", freeze(card(CREDITOR))).pdf)
    assert "不签字也可以" in text and "协议生效后30天内" in text and "139****0003" in text


def test_a_neutral_slip_does_not_say_what_the_matter_is() -> None:
    slip = make_specimen("party_slip", "short")
    assert isinstance(slip, facts.PartySlip) and slip.neutral
    text = read_text(render("party_slip", freeze(slip)).pdf)
    assert slip.dispute_title not in text and slip.public_number in text and slip.code in text
    assert slip.dispute_title in read_text(render("party_slip", freeze(replace(slip, neutral=False))).pdf)


def test_a_slip_is_a5_and_a_batch_has_no_parties() -> None:
    page = PdfReader(BytesIO(render("party_slip", freeze(make_specimen("party_slip", "typical"))).pdf)).pages[
        0
    ]
    assert (
        round(float(page.mediabox.width) / 72 * 25.4),
        round(float(page.mediabox.height) / 72 * 25.4),
    ) == (148, 210)
    batch = make_specimen("court_handover", "typical")
    assert batch.parties == () and freeze(batch)


def test_what_is_still_owed_is_added_up() -> None:
    letter = make_specimen("reminder_letter", "typical")
    assert isinstance(letter, facts.ReminderLetter)
    rest = sum((item.open or Decimal(0) for item in letter.items), Decimal(0))
    assert f"{rest:,.2f}元" in read_text(render("reminder_letter", freeze(letter)).pdf)
