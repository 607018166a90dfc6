"""Notices: one text message each, nobody else's name, nothing of what the dispute is about."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from mediation.models import Case, Notice
from mediation.services import notices
from mediation.words import words
from tests.services.county import ANNA, SESSION, ZHANG, Office, deadline, person

LIMIT = 70  # characters of one text message
MORE = {**SESSION, "mediators": ["阿布都热合曼·买买提"]}


def sent(office: Office, case: Case) -> list[Notice]:
    office.session.flush()
    wanted = select(Notice).where(Notice.case_id == case.id).order_by(Notice.id)
    return list(office.session.scalars(wanted))


def full_life(office: Office, **fields: object) -> Case:
    case = office.file(**fields)
    office.place(case.holder.code).phone = "0739-3661234"
    office.take(case, "accept", mediators=["阿布都热合曼·买买提"])
    office.take(case, "hold_session", **MORE)
    office.run(case, "escalate", "return", "agree", "sign", "apply_confirmation")
    office.take(case, "court_request", reason="补身份证")
    office.run(case, "court_accept", "court_dismiss", "agree", "sign", "apply_confirmation")
    office.run(case, "court_accept", "court_confirm")
    office.take(case, "default", clause=1)
    office.run(case, "close")
    return case


def test_every_notice_fits_one_text_message(office: Office) -> None:
    case = full_life(office)
    found = sent(office, case)
    assert {row.template for row in found} == {"N03", "N09", "N11", "N13", "N14", "N15", "N17", "N19"}
    assert {row.template: len(row.text) for row in found if len(row.text) > LIMIT} == {}


@pytest.mark.parametrize("name", notices.templates()["texts"])
def test_every_text_fits_with_long_names(office: Office, name: str) -> None:
    case = office.run(office.performing(), "perform")
    case.presiding = "阿布都热合曼·买买提"
    case.holder.phone = "0739-3661234"
    deadline(case, "confirmation_window").last_day = date(2026, 12, 31)
    text = notices.fill(notices.templates()["texts"][name], case, case.parties[0])
    assert len(text) <= LIMIT, text
    assert "{" not in text and "http" not in text and "None" not in text


def test_nobody_reads_who_the_other_is_or_what_it_is_about(office: Office) -> None:
    case = full_life(office)
    for row in sent(office, case):
        for party in case.parties:
            assert party.name not in row.text
        for kind in words()["dispute_type"].values():
            assert kind == "其他" or kind not in row.text
        assert not re.search(r"https?:|www\.", row.text)


def test_a_family_dispute_says_only_to_call_back(office: Office) -> None:
    case = full_life(office, dispute_type="marriage_family")
    assert {row.template for row in sent(office, case)} == {"N20"}
    assert case.public_number not in sent(office, case)[0].text


def test_a_group_hears_through_its_representative(office: Office) -> None:
    case = office.file(parties=[{**ANNA, "represented_by": "a2"}, person("a2", "王代表"), ZHANG])
    office.run(case, "accept")
    refs = [party.ref for row in sent(office, case) for party in case.parties if party.id == row.party_id]
    assert refs == ["a2", "r1"]


def test_every_step_that_tells_is_a_step_and_has_its_text() -> None:
    import workflows

    table = notices.templates()
    assert set(table["steps"]) <= set(workflows.load().case.steps)
    assert set(table["steps"].values()) <= set(table["texts"])
