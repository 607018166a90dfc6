"""Notices: one text message each, nobody else's name, nothing of what the dispute is about."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from mediation.models import Appointment, Case, Notice
from mediation.services import notices, outbox
from mediation.words import words
from tests.services.county import ANNA, PAY, SESSION, ZHANG, Office, deadline, person
from workflows.steps import SHANGHAI

LIMIT = 70  # characters of one text message
MORE = {**SESSION, "mediators": ["阿布都热合曼·买买提"]}


def sent(office: Office, case: Case) -> list[Notice]:
    office.session.flush()
    wanted = select(Notice).where(Notice.case_id == case.id, Notice.party_id.is_not(None)).order_by(Notice.id)
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
    assert {row.template for row in found} == {"N03", "N09", "N10", "N11", "N13", "N14", "N15", "N17", "N19"}
    assert {row.template: len(row.text) for row in found if len(row.text) > LIMIT} == {}


@pytest.mark.parametrize("name", notices.templates()["texts"])
def test_every_text_fits_with_long_names(office: Office, name: str) -> None:
    case = office.run(office.performing(), "perform")
    case.presiding = "阿布都热合曼·买买提"
    case.holder.phone = "0739-3661234"
    deadline(case, "confirmation_window").last_day = date(2026, 12, 31)
    office.take(case, "agree", form="written", clauses=[PAY])
    office.now += timedelta(days=1)
    when = datetime(2026, 12, 30, 15, 30, tzinfo=SHANGHAI)
    case.appointments.append(
        Appointment(number=1, purpose="sign", starts_at=when, place="白水洞村人民调解室", attending=[])
    )
    text = notices.fill(notices.templates()["texts"][name], case, name, days="12").replace("{K}", "12345678")
    assert len(text) <= LIMIT, (len(text), text)
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
    assert {row["step"] for row in table["on"]} <= set(workflows.load().case.steps)
    assert {row["text"] for row in table["on"]} <= set(table["texts"])


def test_enforcement_is_spoken_of_only_after_a_court_has_confirmed(office: Office) -> None:
    case = office.performing()
    office.take(case, "default", clause=1)
    assert "依法起诉" in sent(office, case)[-1].text and "申请执行" not in sent(office, case)[-1].text
    office.run(case, "apply_confirmation", "court_accept", "court_confirm")
    office.take(case, "default", clause=1)
    assert "申请执行" in sent(office, case)[-1].text


def test_a_default_is_told_to_whom_something_is_owed(office: Office) -> None:
    case = office.performing()
    before = len(sent(office, case))
    office.take(case, "default", clause=1)
    told = sent(office, case)[before:]
    assert [row.party.ref for row in told if row.party] == ["a1"]


def test_what_is_missing_is_told_to_whom_it_is_asked_of(office: Office) -> None:
    case = office.file()
    office.take(case, "ask_more", party="a1", matter="身份证复印件", until="2024-03-12")
    [row] = sent(office, case)
    assert row.template == "N02" and "3月12日" in row.text and "身份证" not in row.text


@pytest.mark.parametrize(
    ("hour", "minute", "later"),
    [(20, 59, 0), (21, 0, 10.5), (2, 0, 5.5), (7, 29, 1 / 60), (7, 30, 0), (12, 0, 0)],
)
def test_nobody_is_rung_up_at_night(office: Office, hour: int, minute: int, later: float) -> None:
    case = office.file()
    at = datetime(2024, 3, 5, hour, minute, tzinfo=SHANGHAI)
    assert (notices.after_the_night(case, at) - at).total_seconds() / 3600 == pytest.approx(later)
    case.risk = "red"
    assert notices.after_the_night(case, at) == at


def test_what_is_written_down_long_afterwards_is_not_sent(office: Office) -> None:
    case = office.file()
    row = notices.put(office.desk, case, case.parties[0], "N03", office.now - timedelta(days=4))
    assert row.state == "past"
    assert notices.put(office.desk, case, case.parties[0], "N03", office.now).state == "waiting"


@pytest.mark.parametrize(
    "trouble",
    [{"dispute_type": "marriage_family"}, {"parties": [{**ANNA, "birth_date": "2012-01-01"}, ZHANG]}],
)
def test_a_sensitive_matter_is_neutral_whatever_happens(office: Office, trouble: dict[str, object]) -> None:
    if "parties" in trouble:
        trouble["parties"][0]["guardians"] = [{"name": "监护人"}]  # type: ignore[index]
    case = office.run(office.file(**trouble), "accept")
    office.take(case, "flag_danger", ground="violence", reason="听见打骂")
    assert {row.template for row in sent(office, case)} == {"N20"}
    assert all(case.public_number not in row.text for row in sent(office, case))


def test_the_outbox_tries_again_and_gives_up_where_people_see_it(office: Office) -> None:
    case = office.run(office.file(), "accept")
    rows = sent(office, case)
    tries = 0
    while rows[0].state == "waiting":
        letters = outbox.take_due(office.desk, gateway=True)
        for letter in letters:
            assert "{" not in letter.text and letter.phones
            outbox.was_not_sent(office.desk, letter.notice_id, "busy")
        tries += bool(letters)
        office.session.flush()
        office.now += timedelta(hours=7)
    assert tries == len(outbox.PAUSES) + 1
    assert {row.state for row in rows} == {"dead"}
    assert outbox.to_be_called(office.desk, case.holder_id, gateway=True) == rows


def test_two_workers_do_not_take_the_same_line(office: Office) -> None:
    office.run(office.file(), "accept")
    office.session.flush()
    first = outbox.take_due(office.desk, gateway=True)
    office.session.flush()
    assert first and not outbox.take_due(office.desk, gateway=True)


def test_without_a_gateway_somebody_reads_it_out_and_the_code_is_forgotten(office: Office) -> None:
    filed = office.file_in_full()
    notices.tell_filed(office.desk, filed.case, filed.codes[0])
    office.session.flush()
    assert not outbox.take_due(office.desk, gateway=False)
    [row] = outbox.to_be_called(office.desk, filed.case.holder_id, gateway=False)
    assert (
        row.state == "to_call"
        and filed.codes[0].code in outbox.text_of(row)
        and filed.codes[0].code not in row.text
    )
    outbox.read_out(office.desk, row, "王调解员")
    office.session.flush()
    assert row.code is None and not outbox.to_be_called(office.desk, filed.case.holder_id, gateway=False)
