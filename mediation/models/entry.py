"""The case's history: one line a change, chained to the one before."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import DDL, ForeignKey, String, Table, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base

if TYPE_CHECKING:
    from mediation.models.case import Case


class Entry(Base):
    """Who did what, when, and what changed; it can be written and never changed."""

    __tablename__ = "entries"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    number: Mapped[int]
    #: When it happened, and when it was written down.
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(100))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    step: Mapped[str] = mapped_column(String(40))
    before: Mapped[str] = mapped_column(String(30))
    after: Mapped[str] = mapped_column(String(30))
    level: Mapped[str] = mapped_column(String(20))
    #: What the step was told, without personal numbers.
    facts: Mapped[dict[str, Any]]
    warnings: Mapped[list[Any]]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    case: Mapped[Case] = relationship(back_populates="entries")


class HistoryIsClosed(RuntimeError):
    """Somebody tried to change or delete what has been written down."""


@event.listens_for(Entry, "before_update")
@event.listens_for(Entry, "before_delete")
def _refuse(mapper: object, connection: object, target: Entry) -> None:
    raise HistoryIsClosed("an entry is written once; add a new one instead of changing it")


#: The database refuses too, whoever asks it: SQL that the ORM never sees included.
TRIGGERS = {
    "sqlite": (
        "CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries "
        "BEGIN SELECT RAISE(ABORT, 'an entry is written once'); END",
        "CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries "
        "BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION refuse_entry_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'an entry is written once and never deleted'; END $$",
        "CREATE TRIGGER entries_are_kept BEFORE UPDATE OR DELETE ON entries "
        "FOR EACH ROW EXECUTE FUNCTION refuse_entry_change()",
    ),
}


def _create_triggers() -> None:
    table = Entry.__table__
    if isinstance(table, Table):
        for dialect, statements in TRIGGERS.items():
            for statement in statements:
                event.listen(
                    table,
                    "after_create",
                    DDL(statement).execute_if(dialect=dialect),  # type: ignore[no-untyped-call]
                )


_create_triggers()
