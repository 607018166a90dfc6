"""Organisations (village, town, county; court; department) and their mediation committees."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base


class OrganisationKind(StrEnum):
    """What an organisation is."""

    division = "division"  # a village, town or county with its committee
    court = "court"
    department = "department"


class Organisation(Base):
    """A place in the chain, or an office beside it."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The 12-digit division code, or a code of our own for courts and departments.
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20), default=OrganisationKind.division)
    #: A level of the policy in force; courts and departments carry the level they work at.
    level: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    phone: Mapped[str] = mapped_column(String(40), default="")
    active: Mapped[bool] = mapped_column(default=True)

    parent: Mapped[Organisation | None] = relationship(remote_side=[id], lazy="joined", join_depth=4)
    #: Looked up only where it is asked for: every page loads offices, and few ask for their committees.
    committees: Mapped[list[Committee]] = relationship(back_populates="organisation")

    @property
    def committee(self) -> Committee | None:
        """The people's mediation committee that works now."""
        return next((row for row in self.committees if row.valid_until is None), None)

    def chain(self) -> list[Organisation]:
        """This organisation and those above it, nearest first."""
        found: list[Organisation] = []
        here: Organisation | None = self
        while here is not None and here not in found:
            found.append(here)
            here = here.parent
        return found


class Committee(Base):
    """A people's mediation committee; what it is called and numbered by does not change under old papers."""

    __tablename__ = "committees"
    __table_args__ = (UniqueConstraint("number_word"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    #: As on the seal: division name + 人民调解委员会.
    name: Mapped[str] = mapped_column(String(150))
    #: What its numbers begin with (雀塘镇); no two committees share one.
    number_word: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(30), default="division")
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]

    organisation: Mapped[Organisation] = relationship(back_populates="committees", lazy="joined")
    members: Mapped[list[CommitteeMember]] = relationship(back_populates="committee")


class CommitteeMember(Base):
    """A member or an engaged mediator, with the term (PML 8–9, 13)."""

    __tablename__ = "committee_members"

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    gender: Mapped[str | None] = mapped_column(String(10))
    ethnicity: Mapped[str | None] = mapped_column(String(20))
    #: director, deputy, member, engaged (聘任)
    position: Mapped[str] = mapped_column(String(20), default="member")
    from_day: Mapped[date | None]
    until_day: Mapped[date | None]

    committee: Mapped[Committee] = relationship(back_populates="members")
