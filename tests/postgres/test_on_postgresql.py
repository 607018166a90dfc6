"""The schema by migrations, its triggers, and lost races, on a real PostgreSQL."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from mediation import migrating
from mediation.models import Case, Counter, Entry, Notice
from tests.services import county
from tests.services.county import SESSION, Office


@pytest.fixture
def migrated(empty: Engine) -> Engine:
    """The county in a schema that the migrations made."""
    migrating.upgrade(empty)
    county.build(empty)
    return empty


def test_the_migrations_make_what_the_models_say(empty: Engine) -> None:
    migrating.upgrade(empty)
    assert migrating.differences(empty) == []
    assert migrating.present_revision(empty) == migrating.newest_revision()
    migrating.upgrade(empty)
    migrating.downgrade(empty, "base")
    with empty.connect() as connection:
        left = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        assert connection.execute(text(left)).scalars().all() == ["alembic_version"]
    migrating.upgrade(empty)
    assert migrating.differences(empty) == []


def test_the_migrated_schema_refuses_to_change_the_history(migrated: Engine) -> None:
    with Session(migrated, autoflush=False) as session:
        Office(session).mediating()
        session.commit()
        for statement in (
            "UPDATE entries SET by_name = 'x'",
            "DELETE FROM entries",
            "UPDATE entries SET facts = '{}'",
        ):
            with pytest.raises(DatabaseError, match="an entry is written once"):
                session.execute(text(statement))
            session.rollback()


def test_the_loser_of_a_race_learns_it_at_once_and_leaves_nothing(migrated: Engine) -> None:
    with Session(migrated, autoflush=False) as session:
        key = Office(session).mediating().id
        session.commit()
    with Session(migrated, autoflush=False) as first, Session(migrated, autoflush=False) as second:
        cases = [session.get_one(Case, key) for session in (first, second)]
        steps = cases[0].steps_taken
        for session, case in zip((first, second), cases, strict=True):
            assert len(case.entries) == steps, session
        Office(first, cases[0].entries[-1].at).take(cases[0], "hold_session", **SESSION)
        first.commit()
        with pytest.raises(StaleDataError):
            Office(second, cases[1].entries[-1].at).take(
                cases[1], "agree", form="written", clauses=[county.PAY]
            )
        second.rollback()
        found = second.get_one(Case, key)
        assert [entry.step for entry in found.entries][steps:] == ["hold_session"]
        assert found.agreements == []
        drawn = second.scalars(select(Counter.scope).where(Counter.scope.like("agreement:%"))).all()
        assert drawn == [], "the number was given back"


def test_the_second_to_file_waits_for_the_first_and_takes_its_number_if_it_gives_up(migrated: Engine) -> None:
    with Session(migrated, autoflush=False) as first, Session(migrated, autoflush=False) as second:
        assert Office(first).file().case_no.endswith("0001号")
        second.execute(text("SET lock_timeout = '200ms'"))
        with pytest.raises(DatabaseError, match="lock timeout"):
            Office(second).file()
        second.rollback()
        first.rollback()
        assert Office(second).file().case_no.endswith("0001号")


def test_a_case_goes_with_all_its_rows_or_not_at_all(migrated: Engine) -> None:
    with Session(migrated, autoflush=False) as session:
        Office(session).performing()
        session.rollback()
        for kind in (Case, Entry, Notice, Counter):
            assert session.scalar(select(func.count()).select_from(kind)) == 0


def test_the_server_keeps_time_zones_and_every_character(migrated: Engine) -> None:
    with migrated.connect() as connection:
        connection.execute(text("SET timezone = 'America/New_York'"))
        with Session(connection, autoflush=False) as session:
            office = Office(session)
            case = office.file()
            session.flush()
            session.expire_all()
            assert case.filed_at == county.START
            assert case.deadlines[0].starts_on == county.START.date()
            assert session.execute(text("SHOW server_encoding")).scalar_one() == "UTF8"
