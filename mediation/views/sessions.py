"""调解记录 and 约时间 as pages: what is filled in already, what was typed, and back to what the step is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from werkzeug.datastructures import MultiDict

from mediation.language import spoken
from mediation.models import Case, User
from mediation.services.obligations import civil_day
from mediation.services.steps import workflow_of
from workflows.steps import SHANGHAI

OUTCOMES = ("agreed", "adjourned", "no_agreement", "absent")
#: A chip and another day at once.
UNCLEAR = "unclear"
#: chip → (days from today, hour).
TIMES = {"today": (0, 15), "morning": (1, 9), "afternoon": (1, 15)}
GUESTS = ("adviser", "elder", "police")


def count_here(case: Case) -> tuple[int, int]:
    """Which session this would be for the office that holds the case, and how many are usual."""
    here = sum(1 for row in case.sessions if row.organisation_id == case.holder_id)
    return here + 1, workflow_of(case).level(case.level).attempts


def leads_to(case: Case, outcome: str, held: int) -> str:
    """The step that a session ending like this leads on to; "" where one is back at the case.

    held: how many sessions the office has had with it.
    """
    flow = workflow_of(case)
    if outcome == "agreed":
        return "agree"
    if outcome == "adjourned":
        return "schedule"
    if outcome == "no_agreement" and held >= flow.level(case.level).attempts:
        return "escalate" if flow.above(case.level) else "terminate"
    return ""


def words_to_keep(case: Case) -> dict[str, str]:
    """outcome → the words of the button that keeps the record, which say where it leads; "" is for none chosen."""
    said, held = spoken("casepage"), count_here(case)[0]
    plain = str(spoken("desk")["keep_session"])
    on = {code: leads_to(case, code, held) for code in OUTCOMES}
    return {
        "": plain,
        **{code: f"{plain}{said[f'then_{step}']}" if step else plain for code, step in on.items()},
    }


def first_session(case: Case, user: User, at: datetime) -> dict[str, Any]:
    """What the page of a new record begins with."""
    meeting = case.appointment
    there = meeting.attending if meeting else [party.ref for party in case.parties]
    return {
        "at": f"{at.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}",
        "place": meeting.place if meeting else f"{case.holder.name}调解室",
        "mediators": "、".join(case.mediators or (user.name,)),
        "recorder": user.name,
        "attended": list(there),
        "outcome": "",
        "record": "",
        "said": {},
        "invited": "、".join(guest["name"] for guest in (meeting.invited if meeting else [])),
    }


def read_session(form: MultiDict[str, str], case: Case) -> dict[str, Any]:
    """What was typed, as the page shows it again."""
    return {
        **{name: form.get(name, "").strip() for name in ("at", "place", "mediators", "recorder", "outcome", "record",
                                                         "invited")},
        "attended": form.getlist("attended[]"),
        "said": {party.ref: form.get(f"said-{place}", "").strip() for place, party in enumerate(case.parties)},
    }  # fmt: skip


def facts_of_session(typed: dict[str, Any]) -> dict[str, Any]:
    """The record as the step is told it."""
    facts: dict[str, Any] = {
        "place": typed["place"],
        "mediators": _names(typed["mediators"]),
        "recorder": typed["recorder"],
        "attended": typed["attended"],
        "outcome": typed["outcome"],
        "record": typed["record"],
        "statements": [{"party": ref, "text": text} for ref, text in typed["said"].items() if text],
        "invited": [{"name": name} for name in _names(typed["invited"])],
    }
    return {key: value for key, value in facts.items() if value or key == "attended"}


def _names(text: str) -> list[str]:
    for sign in "，,;；\n":
        text = text.replace(sign, "、")
    return [part.strip() for part in text.split("、") if part.strip()]


def first_meeting(case: Case, at: datetime) -> dict[str, Any]:
    """What the page of an appointment begins with: tomorrow morning in our room, everybody."""
    row = case.appointment
    if row is not None:
        there = row.starts_at.astimezone(SHANGHAI)
        return {
            "when": "date", "date": f"{there:%Y-%m-%d}", "time": f"{there:%H:%M}", "place": row.place,
            "attending": list(row.attending), "guests": _guests(row.invited), "offered": "",
        }  # fmt: skip
    tomorrow = civil_day(at) + timedelta(days=1)
    return {
        "when": "morning", "date": tomorrow.isoformat(), "time": "09:00", "place": f"{case.holder.name}调解室",
        "attending": [party.ref for party in case.parties], "guests": {},
        "offered": f"morning {tomorrow.isoformat()} 09:00",
    }  # fmt: skip


def _guests(invited: list[Any]) -> dict[str, str]:
    words = {str(spoken("guest")[code]): code for code in GUESTS}
    return {words.get(row.get("capacity", ""), "elder"): row["name"] for row in invited}


def read_meeting(form: MultiDict[str, str]) -> dict[str, Any]:
    """What was typed into the page of an appointment."""
    place = form.get("place", "").strip()
    return {
        **{name: form.get(name, "").strip() for name in ("date", "time", "offered")},
        "when": _when_meant(form),
        "place": form.get("place_text", "").strip() if place == "other" else place,
        "attending": form.getlist("attending[]"),
        "guests": {code: name for code in GUESTS if (name := form.get(f"guest-{code}", "").strip())},
    }


def _when_meant(form: MultiDict[str, str]) -> str:
    """The chip that counts.  A script keeps chip and fields together; without one a day that was typed beside the chip
    that stood there counts, and one typed beside another chip leaves it open which was meant."""
    when, offered = form.get("when", "").strip(), form.get("offered", "").split()
    typed = [form.get(name, "").strip() for name in ("date", "time")]
    if len(offered) != 3 or when not in TIMES or typed == offered[1:]:
        return when
    return "date" if when == offered[0] else UNCLEAR


def moment_of(typed: dict[str, Any], at: datetime) -> datetime | None:
    """The moment that the chips or the fields say; None where they say none."""
    if typed["when"] in TIMES:
        days, hour = TIMES[typed["when"]]
        day = civil_day(at) + timedelta(days=days)
        return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)
    if typed["when"] == UNCLEAR:
        return None
    try:
        return datetime.fromisoformat(f"{typed['date']}T{typed['time'] or '09:00'}").replace(tzinfo=SHANGHAI)
    except ValueError:
        return None


def facts_of_meeting(typed: dict[str, Any], at: datetime) -> dict[str, Any]:
    """The appointment as the step is told it."""
    when = moment_of(typed, at)
    facts: dict[str, Any] = {
        "meet_at": when.isoformat() if when else None,
        "place": typed["place"],
        "attending": typed["attending"],
        "invited": [
            {"name": name, "capacity": str(spoken("guest")[code])} for code, name in typed["guests"].items()
        ],
    }
    return {key: value for key, value in facts.items() if value}
