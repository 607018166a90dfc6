"""Dates, money and deadlines as the screen says them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mediation.language import language, spoken
from mediation.models import Deadline
from mediation.services.deadlines import has_lapsed
from mediation.services.obligations import civil_day
from workflows.steps import SHANGHAI

YELLOW_FROM = 3  # days before the end
#: States after which nobody is late any more: a window that lapsed then is a plain date.
OVER = ("closed", "archived")


def show_moment(at: datetime | None) -> str:
    """2026-11-26 09:00, by the clock in China."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else ""


def show_day(day: date | None) -> str:
    """2026-11-26."""
    return day.isoformat() if day else ""


def show_money(amount: Decimal | None) -> str:
    """3,500.00元."""
    if amount is None:
        return ""
    return f"{amount:,.2f}元" if language() == "zh" else f"CNY {amount:,.2f}"


@dataclass(frozen=True)
class DeadlineSeen:
    """A date somebody must not miss, with how it was reached."""

    title: str
    last_day: str
    words: str
    card: str  # red, yellow, grey
    explanation: str
    source: str
    estimated: bool


def show_deadline(row: Deadline, at: datetime, limits: Iterable[Mapping[str, Any]] = ()) -> DeadlineSeen:
    """A deadline as it stands at this moment: how many days are left, and the date.

    limits: the policy's, for what a deadline is called in English; what was added to its name stays as it is.
    """
    today, title = civil_day(at), row.title
    words, card = days_left(row.last_day, today)
    if has_lapsed(row, today):
        words, card = str(spoken("page")["lapsed_on"]).format(day=show_day(row.last_day)), "grey"
    if language() == "en":
        known = [limit for limit in limits if limit["name"] == row.name and title.startswith(limit["zh"])]
        title = known[0]["en"] + title.removeprefix(known[0]["zh"]) if known else title
    return DeadlineSeen(
        title, show_day(row.last_day), words, card, row.explanation, row.source, row.estimated
    )


def days_left(last_day: date, today: date) -> tuple[str, str]:
    """The words and the colour of a deadline: both carry the same, for who cannot see colours."""
    left, table = (last_day - today).days, spoken("page")
    if left < 0:
        return str(table["overdue_by"]).format(days=-left), "red"
    if left == 0:
        return str(table["due_today"]), "yellow"
    words = str(table["days_left"]).format(days=left, day=show_day(last_day))
    return words, "yellow" if left <= YELLOW_FROM else "grey"


def show_size(size: int) -> str:
    """820 KB, 3.4 MB."""
    return f"{max(1, round(size / 1024))} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
