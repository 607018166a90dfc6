"""The page on which a party sees where its own matter stands: what it may see, and nothing else in the facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

import workflows
from mediation.language import language, spoken
from mediation.masking import mask_company, mask_name
from mediation.models import Case, Entry, Party, Rating, Supplement, TrackingCode
from mediation.services import public_states
from mediation.services.obligations import civil_day
from mediation.services.public_states import PublicState
from workflows.steps import SHANGHAI

BLANK = "\u2007"  # stands in a text for a value nobody knows


@dataclass(frozen=True)
class News:
    """One line of what has happened: a sentence, a date, an office."""

    at: str
    did: str
    by: str
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TrackSeen:
    """All that the page is told."""

    number: str
    code: str
    title: str
    says: str
    next_step: str
    step: int
    bar: list[tuple[str, str]]
    news: list[News]
    owner: str
    mediator: str
    office: str
    phone: str
    hours: str
    complaint_phone: str
    stale: str
    sensitive: bool
    companion: str
    may_hand_in: bool
    owed: list[str] = field(default_factory=list)
    may_rate: bool = False
    rated: bool = False
    companions: list[tuple[int, str]] = field(default_factory=list)


def show_track(case: Case, code: TrackingCode, at: datetime, rating: Rating | None, hours: str) -> TrackSeen:
    """The page of one case for the bearer of one code."""
    party, state = code.party, public_states.find_state(case, code.party, at)
    sensitive = public_states.is_sensitive(case, at)
    values = _values(case, state, at)
    texts = dict(state.row[language()])
    if sensitive:
        texts = _neutral(case)
    owed = public_states.open_supplements(case, party)
    may = code.companion.may if code.companion else ("see", "hand_in")
    mine = mask_name(party.name) if party.kind == "person" else mask_company(party.name)
    if party.role != "applicant" and not sensitive and "other" in texts:
        texts["says"] = texts["other"]
    return TrackSeen(
        number=case.public_number,
        code=state.code,
        title=texts["title"],
        says=_fill(texts["says"], {**values, "item": "、".join(row.item for row in owed)}),
        next_step=_next(texts, values),
        step=0 if sensitive else state.step,
        bar=[] if sensitive or not state.step else _bar(state.step),
        news=_news(case, sensitive),
        owner=f"{spoken('party_role')[party.role]}{spoken('page')['colon']}{mine}" if not sensitive else "",
        mediator=values["M"],
        office=case.holder.name,
        phone=values["T"],
        hours=hours or str(spoken("page")["usual_hours"]),
        complaint_phone=case.holder.chain()[-1].phone,
        stale=_stale(case, at, values["T"]),
        sensitive=sensitive,
        companion=mask_name(code.companion.name) if code.companion else "",
        may_hand_in="hand_in" in may and case.state not in public_states.ENDED,
        owed=[_owed(row) for row in owed] if not sensitive else [],
        may_rate=code.companion is None and state.step >= 4 and _is_far_enough(case),
        rated=rating is not None,
        companions=_companions(code, at) if code.companion is None else [],
    )


def _companions(code: TrackingCode, at: datetime) -> list[tuple[int, str]]:
    text, today = str(spoken("page")["companion_mine"]), civil_day(at)
    return [
        (
            row.id,
            text.format(name=mask_name(row.name), relation=row.relation, until=say_day(row.until_day, at)),
        )
        for row in code.party.companions
        if row.is_live(today)
    ]


def _is_far_enough(case: Case) -> bool:
    return bool(case.sessions) or case.state in public_states.ENDED


def _neutral(case: Case) -> dict[str, str]:
    texts = dict(public_states.table()["sensitive"][language()])
    if case.state in public_states.ENDED:
        texts["title"] = texts["ended"]
    return texts


def phone_of(case: Case) -> str:
    """The number to call: of the office that holds the case, or of the nearest above it that has one."""
    return next((place.phone for place in case.holder.chain() if place.phone), "")


def _values(case: Case, state: PublicState, at: datetime) -> dict[str, str]:
    page, level = spoken("page"), workflows.load(case.policy).level(case.level)
    receiver = case.receiver or case.holder.parent or case.holder
    meeting = case.appointment
    confirmed = case.confirmation is not None and case.confirmation.state == "confirmed"
    here = [row for row in case.sessions if row.organisation_id == case.holder_id]
    return {
        "D": say_day(state.due, at) if state.due else BLANK,
        "M": (case.presiding or next(iter(case.mediators or ()), "")) or str(page["track_somebody"]),
        "T": phone_of(case) or str(page["track_window"]),
        "W": say_moment(meeting.starts_at) if meeting else BLANK,
        "P": meeting.place if meeting else case.committee.name,
        "org": case.holder.name,
        "up": receiver.name,
        "n": str(len(here)),
        "level": level.short if language() == "zh" else level.en,
        "claim": str(page["track_enforce" if confirmed else "track_sue"]),
        "item": "",
    }


def _next(texts: dict[str, str], values: dict[str, str]) -> str:
    filled = _fill(texts["next"], values)
    return _fill(texts["plain"], values) if BLANK in filled and texts.get("plain") else filled


def show_slip(case: Case, party: Party, at: datetime) -> str:
    """What comes next for a party and by when, as its slip says it."""
    state = public_states.find_state(case, party, at)
    texts = _neutral(case) if public_states.is_sensitive(case, at) else dict(state.row[language()])
    return _next(texts, _values(case, state, at))


def _fill(text: str, values: dict[str, str]) -> str:
    return text.format(**values)


def say_day(day: date, at: datetime) -> str:
    """11月29日（周日）; with the year where it is another one."""
    if language() == "en":
        return f"{day:%a} {day.day} {day:%b %Y}"
    year = "" if day.year == civil_day(at).year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）"


def say_moment(moment: datetime) -> str:
    """11月28日（周六）上午9:00."""
    there = moment.astimezone(SHANGHAI)
    if language() == "en":
        return f"{there:%a} {there.day} {there:%b %Y %H:%M}"
    half = "上午" if there.hour < 12 else "下午" if there.hour < 18 else "晚上"
    hour = there.hour if there.hour <= 12 else there.hour - 12
    return f"{say_day(there.date(), moment)}{half}{hour}:{there.minute:02d}"


def _bar(step: int) -> list[tuple[str, str]]:
    names = spoken("track_step").values()
    return [
        (str(name), "done" if place < step else "now" if place == step else "ahead")
        for place, name in enumerate(names, start=1)
    ]


def _news(case: Case, sensitive: bool) -> list[News]:
    told: list[News] = []
    sessions = 0
    for row in public_states.public_entries(case):
        sessions += row.step == "hold_session"
        told.append(_line(case, row, sessions, sensitive))
    return told[::-1]


def _line(case: Case, row: Entry, sessions: int, sensitive: bool) -> News:
    table = public_states.table()
    words = table["sensitive"][language()]["event"] if sensitive else table["events"][row.step][language()]
    office = _office_then(case, row)
    text = words.format(org=office, n=sessions)
    there = row.at.astimezone(SHANGHAI).date()
    return News(say_day(there, row.at), text, "" if sensitive else office)


def _office_then(case: Case, row: Entry) -> str:
    """Who held the case when this was written: the grants know."""
    for grant in case.grants:
        if (
            grant.kind == "holder"
            and grant.starts_at <= row.at
            and (grant.ends_at is None or row.at < grant.ends_at)
        ):
            return grant.organisation.name
    return case.holder.name


def _stale(case: Case, at: datetime, phone: str) -> str:
    if not public_states.is_stale(case, at):
        return ""
    days = (at - public_states.last_news(case)).days
    return str(spoken("page")["track_stale"]).format(days=days, T=phone)


def _owed(row: Supplement) -> str:
    page = spoken("page")
    if row.until is None:
        return row.item
    return str(page["track_owed"]).format(item=row.item, day=say_day(row.until, row.asked_at))
