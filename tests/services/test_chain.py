"""The history: chained, closed, and free of personal numbers."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from mediation.keys import KeyRing
from mediation.models import Case, Entry
from mediation.models.entry import HistoryIsClosed
from mediation.services import history
from tests.services.county import ANNA, TOWN, ZHANG, Office, person
from tests.services.engines import KEYS

NUMBERS = {
    "id_type": "resident_id",
    "id_number": "110101198002290034",
    "phone": "13912345678",
    "address": "某街9号",
}


def faults(case: Case, keys: KeyRing = KEYS) -> list[str]:
    return history.faults_in_chain(case.case_no, case.entries, case.head_hash, case.steps_taken, keys)


def reread(office: Office, case: Case) -> Case:
    office.session.commit()
    number = case.id
    office.session.expunge_all()
    return office.session.get_one(Case, number)


def test_a_whole_life_verifies_after_it_was_read_back(office: Office) -> None:
    case = office.performing()
    office.run(case, "perform", "follow_up", "close", "archive")
    case = reread(office, case)
    assert faults(case) == []
    assert [entry.number for entry in case.entries] == list(range(1, case.steps_taken + 1))
    assert [entry.step for entry in case.entries] == [
        "file", "accept", "hold_session", "agree", "sign", "take_effect", "perform", "follow_up", "close", "archive",
    ]  # fmt: skip


def test_each_entry_begins_where_the_one_before_ended(office: Office) -> None:
    case = office.run(office.mediating(), "escalate", "return", "terminate", "close", "reopen")
    pairs = list(zip(case.entries, case.entries[1:], strict=False))
    assert all(before.after == after.before for before, after in pairs)
    assert case.entries[-1].after == case.state == "terminated"


def test_an_entry_says_who_did_it_for_which_office(office: Office) -> None:
    case = office.file()
    by = office.somebody("430522103201")
    office.take(case, "accept", who=by)
    entry = case.entries[-1]
    assert (entry.by_name, entry.user_id, entry.organisation_id) == (by.name, by.user_id, case.holder_id)


@pytest.mark.parametrize("change", [{"by_name": "别人"}, {"facts": {"reason": "别的"}}, {"after": "closed"}])
def test_a_changed_entry_shows(office: Office, change: dict[str, object]) -> None:
    case = office.mediating()
    assert faults(case) == []
    for name, value in change.items():
        setattr(case.entries[1], name, value)
    assert faults(case) == [f"{case.case_no}: entry 2 has been changed"]
    office.session.expire(case.entries[1])


def test_a_cut_tail_a_gap_and_a_foreign_key_show(office: Office) -> None:
    case = office.mediating()
    entries = list(case.entries)
    ask = history.faults_in_chain
    assert ask(case.case_no, entries[:-1], case.head_hash, case.steps_taken, KEYS)
    assert ask(case.case_no, [entries[0], entries[2]], case.head_hash, case.steps_taken, KEYS)
    assert ask(case.case_no, entries[:-1], entries[-2].hash, case.steps_taken, KEYS)
    assert len(faults(case, KeyRing(b"another key, which an intruder has"))) == len(entries)


def test_the_program_refuses_to_change_or_delete_an_entry(office: Office) -> None:
    case = office.mediating()
    office.session.commit()
    case.entries[0].by_name = "别人"
    with pytest.raises(HistoryIsClosed):
        office.session.flush()
    office.session.rollback()
    office.session.delete(office.session.get_one(Case, case.id).entries[0])
    with pytest.raises(HistoryIsClosed):
        office.session.flush()
    office.session.rollback()


@pytest.mark.parametrize("statement", ["UPDATE entries SET by_name = 'x'", "DELETE FROM entries"])
def test_the_database_refuses_it_too(office: Office, statement: str) -> None:
    office.file()
    office.session.commit()
    with pytest.raises(DatabaseError, match="an entry is"):
        office.session.execute(text(statement))
    office.session.rollback()


def test_no_personal_number_gets_into_the_history(office: Office) -> None:
    case = office.run(office.file(parties=[{**ANNA, **NUMBERS}, ZHANG]), "accept")
    office.take(case, "add_party", party=person("t1", "第三人", **NUMBERS))
    said = json.dumps([entry.facts for entry in case.entries], ensure_ascii=False)
    assert "第三人" in said
    for secret in (
        NUMBERS["id_number"],
        NUMBERS["phone"],
        NUMBERS["address"],
        ANNA["phone"],
        ANNA["address"],
    ):
        assert secret not in said


def test_personal_numbers_lie_encrypted_and_come_back_whole(office: Office, session: Session) -> None:
    case = office.file(parties=[{**ANNA, **NUMBERS}, ZHANG])
    session.commit()
    kept = session.execute(text("SELECT id_number, phone, address FROM parties WHERE ref = 'a1'")).one()
    assert all(value.startswith("aes1:") for value in kept)
    party = reread(office, case).parties[0]
    assert (party.id_number, party.phone, party.address) == tuple(
        NUMBERS[name] for name in ("id_number", "phone", "address")
    )
    assert party.id_number_hash == KEYS.fingerprint(NUMBERS["id_number"])


def test_nothing_is_dated_before_the_last_entry(office: Office) -> None:
    case = office.mediating()
    office.now -= timedelta(days=2)
    refusal = office.refuse(case, "escalate", ground="major", reason="大")
    assert refusal.codes == ["before_the_last"]
    assert "2024-03-04 11:00" in refusal.words


PLAIN_FACTS = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text() | st.dates()
JSON_FACTS = st.recursive(
    PLAIN_FACTS | st.decimals(-(10**9), 10**9, places=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["reason", "phone", "甲"]), inner),
    max_leaves=8,
)  # fmt: skip


@given(JSON_FACTS)
def test_any_fact_becomes_plain_json_without_private_fields(value: object) -> None:
    made = history.plain({"fact": value})
    assert json.loads(json.dumps(made)) == made
    assert '"phone"' not in json.dumps(made)
    assert history.plain(made) == made


def test_money_and_days_are_written_exactly() -> None:
    assert history.plain({"a": Decimal("0.10"), "d": date(2024, 2, 29)}) == {"a": "0.10", "d": "2024-02-29"}


def test_the_hash_covers_every_column_of_an_entry() -> None:
    covered = {"case_id", "number", "at", "recorded_at", "user_id", "by_name", "organisation_id", "step", "before",
               "after", "level", "facts", "warnings", "previous_hash"}  # fmt: skip
    assert {column.name for column in Entry.__table__.columns} == covered | {"id", "hash"}


def test_the_other_office_signs_its_own_entries(office: Office) -> None:
    case = office.run(office.mediating(), "escalate")
    office.take(case, "receive", who=office.somebody(TOWN))
    case = reread(office, case)
    assert case.entries[-1].organisation_id == office.place(TOWN).id
    assert faults(case) == []
