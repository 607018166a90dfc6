"""What the frame says of the office that runs this: the county's name, its service phone and hours."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from mediation.config import Settings
from mediation.database import db
from mediation.models import Organisation

KEPT = "mediation.office"


@dataclass(frozen=True)
class Office:
    """As settings say, or as the one county in the database says."""

    county: str = ""
    phone: str = ""
    hours: str = ""


def about_office() -> Office:
    """The county and whom to call; read once, and again while nobody has told the system its county."""
    found: Office | None = current_app.extensions.get(KEPT)
    if found is None:
        settings: Settings = current_app.extensions["mediation.settings"]
        found = Office(settings.county, settings.service_phone, settings.service_hours)
        if not (found.county and found.phone):
            found = _ask_database(found)
        if found.county:
            current_app.extensions[KEPT] = found
    return found


def _ask_database(said: Office) -> Office:
    top = select(Organisation.name, Organisation.phone).where(
        Organisation.parent_id.is_(None), Organisation.kind == "division"
    )
    try:
        rows = db.session.execute(top.limit(2)).all()
    except SQLAlchemyError:  # the page that says so must still be drawn
        db.session.rollback()
        return said
    if len(rows) != 1:  # several counties on one system: none of them speaks for it
        return said
    return Office(said.county or rows[0].name, said.phone or rows[0].phone, said.hours)
