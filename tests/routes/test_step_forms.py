"""The form that any step has: what it asks, what it marks as needed, and how an office is told from its namesake."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from mediation.database import begin_writing, db
from mediation.models import Organisation
from tests import makers
from tests.pages import Browser


def named(code: str) -> Organisation:
    """An office by its code."""
    return db.session.scalars(select(Organisation).where(Organisation.code == code)).one()


def test_an_office_is_chosen_under_its_town_the_cases_own_town_first(app: Flask) -> None:
    with app.app_context():
        begin_writing(db.session)
        for town in (1, 2):  # two villages of one name
            named(makers.org_code(1, town, 2)).name = "和谐村"
        db.session.commit()
    planted = makers.make_case(app, state="filed", office=makers.org_code(1, 2, 1))
    page = Browser(app).log_in("v121").get(f"/cases/{planted.public_number}/steps/pass_on")
    groups = [group.get("label") for group in page.all("optgroup")]
    assert groups[0] == "12镇" and sorted(groups[1:]) == ["11镇", "第1县"], groups
    options = ["".join(option.itertext()) for option in page.all("option")]
    assert options[0] == "请选择" and {"和谐村（11镇）", "和谐村（12镇）", "11镇", "第1县"} <= set(options)
    assert "121村（12镇）" not in options, "it is there already"
    must = {label.get("for") for label in page.all("label") if "必填" in "".join(label.itertext())}
    assert {"to", "reason"} <= must
