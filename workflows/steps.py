"""What a step is, who takes it, what it changes, and how a refusal is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")  # law counts days by the civil calendar of China


class Role(StrEnum):
    """What a person is employed to do."""

    mediator = "mediator"
    manager = "manager"
    court = "court"
    department = "department"
    admin = "admin"
    system = "system"


class Standing(StrEnum):
    """What a person's office is to one case."""

    holder = "holder"
    receiver = "receiver"
    above = "above"
    court = "court"
    department = "department"
    printer = "printer"
    system = "system"


ROLE_WORDS = {
    Role.mediator: ("调解员", "a mediator"),
    Role.manager: ("管理人员", "a manager"),
    Role.court: ("法院联络员", "the court liaison"),
    Role.department: ("部门经办人", "the department's officer"),
    Role.admin: ("系统管理员", "the administrator"),
    Role.system: ("系统", "the system"),
}

STANDING_WORDS = {
    Standing.holder: ("承办这件事的调委会", "the committee that holds the case"),
    Standing.receiver: ("上交的接收单位", "the office the case was handed to"),
    Standing.above: ("上级单位", "an office above"),
    Standing.court: ("受理申请的法院", "the court applied to"),
    Standing.department: ("被转办的部门", "the department it was referred to"),
    Standing.printer: ("代打印的单位", "the office asked to print"),
    Standing.system: ("系统", "the system"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a policy: what may be done, from where, by whom, and what follows from it."""

    name: str
    zh: str
    en: str
    sources: tuple[str, ...]
    target: str  # a state; "" stays where it is; "back" returns to where the case was before
    who: tuple[Role, ...]
    standing: Standing
    needs: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()
    reopens: tuple[str, ...] = ()
    after: tuple[str, ...] = ()  # taken by the system, in the same breath, after one of these
    creates: str = ""  # a part of the case (agreement, confirmation) that begins with this step
    drives: str = ""  # "part.step", with a "?" behind it where the part need not exist
    level: int = 0
    level_of: str = ""  # "actor" or "to": the level of that organisation
    remembers: bool = False  # a later "back" returns here
    attempt: bool = False  # counts as an attempt at this level
    source: str = ""

    @property
    def drives_part(self) -> tuple[str, str, bool]:
        """The part, its step, and whether the part may be absent."""
        part, _, step = self.drives.rstrip("?").partition(".")
        return part, step, self.drives.endswith("?")


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands in the way: what is missing, why, and who can supply it."""

    code: str
    zh: str
    en: str
    who: str = ""  # who can supply it; empty where it is whoever takes the step
    source: str = ""
    where: str = ""  # the field of the move, for example "clauses[0].amount"

    def in_words(self, language: str = "zh", reader: str = "") -> str:
        """The sentence a person reads, and whom to turn to where the sentence does not say so itself.

        reader: the reader's own role in words; nobody is sent to oneself.
        """
        text = self.zh if language == "zh" else self.en
        mine = bool(reader) and reader in self.who
        if language == "zh" and self.who and self.who not in text and not mine:
            text += f"（由{self.who}办理）"
        return text


@dataclass(frozen=True, slots=True)
class Actor:
    """Who takes a step: a role, and what the person's office is to this case."""

    role: Role
    standings: frozenset[Standing]
    level: str = ""

    def may_take(self, step: Step) -> bool:
        """Nobody may, unless the row names the role and the office has the standing."""
        return self.role in step.who and step.standing in self.standings


SYSTEM = Actor(Role.system, frozenset({Standing.system}))


@dataclass(frozen=True, slots=True)
class Move:
    """What someone brings to a step: the moment, and the facts the step asks for."""

    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The civil date in China on which the step is taken."""
        return self.at.astimezone(SHANGHAI).date()

    def get(self, name: str, default: Any = None) -> Any:
        """A fact of the move, or the default where it was left out."""
        value = self.facts.get(name, default)
        return default if value is None else value

    def text(self, name: str) -> str:
        """A fact of the move as trimmed text, empty where it was left out."""
        return str(self.get(name, "")).strip()


@dataclass(frozen=True, slots=True)
class PartChange:
    """What a step did to a part of the case: the agreement, or the confirmation."""

    part: str
    step: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """A step that was allowed, and the move it makes; the caller carries it out."""

    step: Step
    before: str
    after: str
    level_before: str
    level_after: str
    part: PartChange | None = None
    warnings: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A step as an actor meets it now: offered, or refused with every reason."""

    step: Step
    missing: tuple[Reason, ...] = ()

    @property
    def offered(self) -> bool:
        """Whether pressing the button can succeed."""
        return not self.missing


class Refused(Exception):
    """A step that may not be taken.  `kind` says which sort of no it is.

    kind: "unknown" no such step · "not_yours" role or office · "not_now" the case is elsewhere ·
    "not_met" a condition is not met.
    """

    def __init__(self, kind: str, step: str, reasons: Iterable[Reason], title: str = "") -> None:
        self.kind = kind
        self.step = step
        self.title = title or step
        self.reasons = tuple(reasons)
        super().__init__(f"{step}: " + "；".join(reason.zh for reason in self.reasons))
