"""Both engines give back what they were given: moments, days, money, names, secrets."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from mediation.keys import KeyMissing, KeyRing
from mediation.models import Case, Party
from tests.services.county import ANNA, ZHANG, Office, person
from tests.services.engines import KEYS
from workflows.steps import SHANGHAI

SHARED = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1912, 1, 1), datetime(2126, 12, 31), timezones=ZONES)
MONEY = st.decimals(Decimal("0.00"), Decimal("999999999.99"), places=2)
DAYS = st.dates(date(1900, 1, 1), date(2126, 12, 31))


@pytest.fixture(scope="module")
def names() -> list[str]:
    """Names that a careless program would break."""
    return ["张䶮", "王𬭎", "古丽·买买提", "O’Neill Seán", "欧阳㛃", "𠮷田"]


@given(at=MOMENTS, money=MONEY, born=DAYS)
@SHARED
def test_moments_money_and_days_come_back_as_they_were(
    session: Session, at: datetime, money: Decimal, born: date
) -> None:
    office = Office(session)
    case = office.file(amount=f"{money:.2f}")
    case.parties[0].birth_date = born
    case.deadlines[0].stopped_at = at
    session.flush()
    session.expire_all()
    found = session.get_one(Case, case.id)
    assert found.deadlines[0].stopped_at == at
    assert found.deadlines[0].stopped_at.tzinfo is not None
    assert found.amount == money and str(found.amount) == f"{money:.2f}"
    assert found.parties[0].birth_date == born
    session.rollback()


@pytest.mark.parametrize(
    "moment", [datetime(1988, 7, 1, tzinfo=SHANGHAI), datetime(2024, 12, 31, 16, tzinfo=UTC)]
)
def test_a_deadline_keeps_its_day_whatever_the_hour(office: Office, moment: datetime) -> None:
    office.now = moment
    old = {"birth_date": "1950-01-01"}
    case = office.file(parties=[{**ANNA, **old}, {**ZHANG, **old}])
    office.session.flush()
    office.session.expire_all()
    assert case.deadlines[0].starts_on == moment.astimezone(SHANGHAI).date()
    assert case.filed_at == moment


def test_what_is_not_money_or_not_a_moment_is_refused(session: Session) -> None:
    case = Office(session).file()
    session.flush()
    case.amount = Decimal("0.001")
    with pytest.raises(StatementError, match="two places"):
        session.flush()
    session.rollback()
    case = Office(session).file()
    case.deadlines[0].stopped_at = datetime(2024, 3, 4)
    with pytest.raises(StatementError, match="time zone"):
        session.flush()
    session.rollback()


def test_names_are_kept_sign_for_sign(office: Office, names: list[str]) -> None:
    people = [person(f"a{place}", name) for place, name in enumerate(names, start=1)]
    case = office.file(parties=[*people, ZHANG])
    office.session.flush()
    office.session.expire_all()
    assert [party.name for party in case.parties] == [*names, "张䶮"]


def test_encrypted_columns_need_the_key(office: Office) -> None:
    case = office.file(parties=[{**ANNA, "phone": "13912345678"}, ZHANG])
    office.session.flush()
    query = text("SELECT phone FROM parties WHERE ref = 'a1'")
    first = office.session.execute(query).scalar_one()
    assert KEYS.decrypt(first) == "13912345678"
    with pytest.raises(KeyMissing):
        KeyRing(b"another key").decrypt(first)
    again = office.file(parties=[{**ANNA, "phone": "13912345678"}, ZHANG])
    office.session.flush()
    rows = [office.session.get_one(Party, found.parties[0].id) for found in (case, again)]
    assert rows[0].phone_hash == rows[1].phone_hash, "found again"
    kept = office.session.execute(query).scalars().all()
    assert len(set(kept)) == 2, "and yet no two ciphertexts are alike"
