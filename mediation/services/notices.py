"""Notices to the parties: written with the change, delivered after it; no links, no dispute type, no other name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from mediation.models import Appointment, Case, Notice, Party
from mediation.services import appointments, public_states
from mediation.services.desk import Desk
from mediation.services.tracking import FreshCode
from workflows import Change, Move
from workflows.steps import SHANGHAI

#: What is written down later than this is history: nobody is rung up about it.
LONG_AGO = timedelta(days=3)
_ENDS_WITH = {
    "N01": "acceptance_decision", "N09": "receive_limit", "N11": "confirmation_window",
    "N12": "confirmation_window", "N13": "supplement", "N27": "supplement", "N02": "party_supplement",
}  # fmt: skip


@cache
def templates() -> Mapping[str, Any]:
    """Which step tells whom what, and the texts."""
    return tomllib.loads((files("mediation") / "notices.toml").read_text("utf-8"))


def queue(desk: Desk, case: Case, change: Change, move: Move) -> None:
    """Put the step's notices into the outbox."""
    meeting = _meeting_of(case)
    purpose = meeting.purpose if meeting else "talk"
    for row in templates()["on"]:
        fits = (
            row.get("form", move.text("form")) == move.text("form")
            and row.get("purpose", purpose) == purpose
            and (not row.get("just_came") or any(one.arrived_at == move.at for one in case.referrals))
        )
        if row["step"] == change.step.name and fits and row["to"] == "office":
            tell_office(desk, case, str(row["text"]), move.at)
        elif row["step"] == change.step.name and fits:
            for party in _who_hears(case, str(row["to"]), move):
                put(desk, case, party, str(row["text"]), move.at)


def put(
    desk: Desk,
    case: Case,
    party: Party,
    template: str,
    at: datetime,
    *,
    code: str | None = None,
    once: str | None = None,
    **more: str,
) -> Notice:
    """One line for one party: neutral where the matter is sensitive, and not at night."""
    said = "N20" if public_states.is_sensitive(case, at) else template
    row = Notice(
        case=case,
        party=party,
        template=said,
        text=fill(str(templates()["texts"][said]), case, template, **more),
        code=code if said == "N01" else None,
        state="past" if desk.now - at > LONG_AGO else "waiting",
        due_at=after_the_night(case, desk.now),
        tries=0,
        problem="",
        once=once,
        told_by="",
        created_at=at,
    )
    desk.session.add(row)
    return row


def tell_office(
    desk: Desk, case: Case, template: str, at: datetime, *, once: str | None = None, **more: str
) -> None:
    """A line for whoever holds the case; it goes nowhere else, and what was long ago is not told."""
    if desk.now - at > LONG_AGO:
        return
    text = fill(str(templates()["texts"][template]), case, template, **more)
    desk.session.add(
        Notice(
            case=case, organisation=case.holder, template=template, state="told", once=once, tries=0, problem="",
            text=text, told_by="", due_at=None, created_at=at, delivered_at=at,
        )
    )  # fmt: skip


def tell_filed(desk: Desk, case: Case, fresh: FreshCode) -> None:
    """N01: the application has arrived; the code stands in the text only while it is on its way."""
    party = case.party(fresh.ref)
    if party is not None:
        put(desk, case, party, "N01", desk.now, code=fresh.code)


def tell_meeting(desk: Desk, case: Case, meeting: Appointment, parties: Iterable[Party]) -> None:
    """N08: tomorrow is the day."""
    for party in hearing(case, parties):
        once = f"N08:{meeting.id}:{meeting.moved}:{party.id}"
        put(desk, case, party, "N08", desk.now, once=once)


def _who_hears(case: Case, to: str, move: Move) -> list[Party]:
    parties: list[Party] = case.parties
    if to == "asked":
        asked = case.party(move.text("party"))
        parties = [asked] if asked else [p for p in parties if p.role == "applicant"]
    elif to == "coming" and (meeting := _meeting_of(case)) is not None:
        # Whoever has no telephone is told at the door, and that is a duty, not a notice.
        return [
            p
            for p in hearing(case, appointments.asked_to_come(case, meeting))
            if appointments.can_be_called(p)
        ]
    elif to == "creditors":
        parties = creditors(case, move.get("clause")) or parties
    elif to in ("applicants", "others"):
        parties = [p for p in parties if (p.role == "applicant") == (to == "applicants")]
    return hearing(case, parties)


def _meeting_of(case: Case) -> Appointment | None:
    """The meeting that is arranged, or the one that was called off last."""
    return case.appointment or (case.appointments[-1] if case.appointments else None)


def hearing(case: Case, parties: Iterable[Party]) -> list[Party]:
    """These parties, a group through the representative it elected; each once, nobody who has left."""
    found: list[Party] = []
    for party in parties:
        elected = case.party(party.represented_by) if party.represented_by else None
        hears = elected if elected is not None and elected.left_at is None else party
        if hears.left_at is None and hears not in found:
            found.append(hears)
    return found


def creditors(case: Case, clause: Any) -> list[Party]:
    """To whom a clause of the agreement promises something."""
    rows = case.agreement.clauses if case.agreement else []
    return [person.party for row in rows if row.no == clause for person in row.on_side("obligee")]


def fill(text: str, case: Case, template: str = "", **more: str) -> str:
    """The text as it will be read aloud or sent; {K} stays in it until that moment."""
    meeting = _meeting_of(case)
    confirmed = case.confirmation is not None and case.confirmation.state == "confirmed"
    values = {
        "C": case.holder.name,
        "N": case.public_number,
        "K": "{K}",
        "M": (case.presiding or next(iter(case.mediators or ()), "")) or "我们",
        "T": phone_of(case) or "调委会",
        "D": _say_end(case, _ENDS_WITH.get(template, "")),
        "L": (case.receiver or case.holder).name,
        "W": say_when(meeting.starts_at) if meeting else "",
        "P": meeting.place if meeting else f"{case.holder.name}调委会",
        "h": say_hour(meeting.starts_at) if meeting else "",
        **_who_came(case),
        "claim": templates()["claim"]["confirmed" if confirmed else "otherwise"],
        "days": "",
        "left": _say_left(more.get("days", "")),
    }
    return text.format(**{**values, **more})


def _who_came(case: Case) -> dict[str, str]:
    """The department that arrived last: its name, who took it, and the phone to reach them on."""
    came = sorted((row for row in case.referrals if row.arrived_at), key=lambda row: str(row.arrived_at))
    row = came[-1] if came else None
    office = row.department.phone if row is not None and row.department is not None else ""
    handler = row.handler if row is not None else ""
    phone = (row.handler_phone if row is not None else "") or office
    # The committee's number is never passed off as the department's: it is said to be the one to ask.
    known = ("handler_" if handler else "") + ("phone" if phone else "committee")
    reached = str(templates()["came"][known]).format(F=handler, G=phone, T=phone_of(case) or "调委会")
    return {"O": row.department_name if row is not None else "有关部门", "reached": reached}


def phone_of(case: Case) -> str:
    """The number to call: of the holder, or of the nearest office above that has one."""
    return next((place.phone for place in case.holder.chain() if place.phone), "")


def _say_end(case: Case, name: str) -> str:
    days = [row.last_day for row in case.deadlines if row.name == name]
    return say_date(days[-1]) if days else "近日"


def _say_left(days: str) -> str:
    texts = templates()["left"]
    return str(texts["last"] if days == "0" else texts["some"]).format(days=days)


def say_date(day: date) -> str:
    """1月10日: within the year to come nobody wonders which."""
    return f"{day.month}月{day.day}日"


def say_hour(moment: datetime) -> str:
    """上午9:00."""
    there = moment.astimezone(SHANGHAI)
    half = "上午" if there.hour < 12 else "下午" if there.hour < 18 else "晚上"
    return f"{half}{there.hour if there.hour <= 12 else there.hour - 12}:{there.minute:02d}"


def say_when(moment: datetime) -> str:
    """11月28日（周六）上午9:00."""
    there = moment.astimezone(SHANGHAI)
    return f"{there.month}月{there.day}日（周{'一二三四五六日'[there.weekday()]}）{say_hour(moment)}"


def after_the_night(case: Case, at: datetime) -> datetime:
    """Now, or half past seven where it is night; somebody in danger is not left to the morning."""
    quiet = templates()["quiet"]
    begins, ends = time.fromisoformat(quiet["from"]), time.fromisoformat(quiet["until"])
    there = at.astimezone(SHANGHAI)
    if case.risk == "red" or ends <= there.time() < begins:
        return at
    day = there.date() + timedelta(days=there.time() >= begins)
    return datetime.combine(day, ends, SHANGHAI)
