"""Facts into the phrases of a paper: who someone is, what someone owes, who signs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from markupsafe import Markup, escape

from .facts import AttendanceFacts, ClauseFacts, PartyFacts
from .figures import format_money, write_date, write_money

GROUP_SIZE = 5  # more parties than this on one side are listed in an annexed table
DIGIT_WIDTH = 0.56  # of the type size; the widest digits of the fonts in use
HOLD_LIMIT = 26  # an amount wider than so many characters may be broken between figures and capitals
NAME_LIMIT = 5  # more names than this are shortened to 某某等N人, the rest being in the annex


CAPITALS = "[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+元[零壹贰叁肆伍陆柒捌玖角分整正]*"
AMOUNT = re.compile(
    rf"(?P<figures>[¥￥]?[0-9][0-9,]*(?:\.[0-9]+)?[百千万亿]?元)"
    rf"(?P<words>（(?:人民币|大写)[：:]?{CAPITALS}）)?|(?:人民币)?{CAPITALS}"
)


@dataclass(frozen=True)
class Side:
    """The parties of one role, in order; a large side is set out in the annexed table."""

    role: str
    parties: tuple[PartyFacts, ...]

    @property
    def is_group(self) -> bool:
        """Whether the side is too large for a block of its own for each party."""
        return len(self.parties) > GROUP_SIZE


def split_lines(text: str) -> list[str]:
    """The paragraphs of a text, as typed, without the empty ones."""
    return [line for line in text.splitlines() if line.strip()]


def hold_amounts(value: Any) -> Any:
    """Text as HTML in which no line ends within an amount; anything but text as it is."""
    if type(value) is not str or "元" not in value:
        return value
    parts: list[str] = []
    at = 0
    for found in AMOUNT.finditer(value):
        parts += [escape(value[at : found.start()]), hold(found["figures"], found["words"]) or wrap(found[0])]
        at = found.end()
    return Markup("").join([*parts, escape(value[at:])])


def hold(figures: str | None, words: str | None) -> Markup | None:
    """Figures with the capitals behind them: together, or one after the other where a line cannot take both."""
    if figures is None or words is None:
        return None
    wide = len(figures) / 2 + len(words) > HOLD_LIMIT
    return wrap(figures) + wrap(words) if wide else wrap(wrap(figures) + words)


def wrap(text: str) -> Markup:
    """A piece that no line may break."""
    return Markup("<span class=hold>{}</span>").format(text)


def join_names(names: Iterable[str], limit: int = 0) -> str:
    """``甲、乙、丙``; above ``limit`` (0: none) ``甲等42人``."""
    every = list(names)
    if limit and len(every) > limit:
        return f"{every[0]}等{len(every)}人"
    return "、".join(every)


def join_citations(citations: Iterable[str]) -> str:
    """``《甲法》第三条、第四条、《乙法》第五条``: a law in a row is named once."""
    told: list[str] = []
    before = ""
    for citation in citations:
        law, found, article = citation.rpartition("》")
        told.append(article if found and article and law == before else citation)
        before = law
    return "、".join(told)


def group_by_role(parties: Sequence[PartyFacts]) -> list[Side]:
    """The sides of a dispute, in the order in which their first members come."""
    roles = dict.fromkeys(party.role for party in parties)
    return [Side(role, tuple(party for party in parties if party.role == role)) for role in roles]


def name_side(side: Side) -> str:
    """The names of one side; of a large one the first and how many there are."""
    if not side.is_group:
        return join_names(party.name for party in side.parties)
    return f"{side.parties[0].name}等{len(side.parties)}{'人' if side.parties[0].is_person else '方'}"


def list_signers(parties: Sequence[PartyFacts]) -> list[PartyFacts]:
    """The parties that sign in a box of their own; those of a large side sign in the annexed table."""
    return [party for side in group_by_role(parties) if not side.is_group for party in side.parties]


def list_attending(parties: Sequence[PartyFacts], attendance: Sequence[AttendanceFacts]) -> list[PartyFacts]:
    """The parties that sign a record: not those who stayed away, nor those for whom a representative stands."""
    away = {who.name for who in attendance if not who.present and not who.in_place}
    return [party for party in parties if party.name not in away and not party.represented_by]


def measure_figures(amounts: Iterable[Decimal | None], points: float) -> int:
    """The width in mm of a column that holds each amount on one line, printed at ``points``."""
    longest = max((len(format_money(amount)) for amount in amounts if amount is not None), default=0)
    return max(24, ceil(longest * points * DIGIT_WIDTH * 25.4 / 72) + 4)


def describe_party(party: PartyFacts) -> str:
    """All that is known of a party in one run of words, for a cell of a table."""
    born = f"{write_date(party.birth_date)}出生" if party.birth_date else ""
    aged = f"{party.age}岁" if party.age is not None and not party.birth_date else ""
    number = f"{party.id_type or '证件号码'}{party.id_number}" if party.id_number else ""
    title = f"（{party.legal_representative_title}）" if party.legal_representative_title else ""
    head = f"法定代表人{party.legal_representative}{title}"
    known = [
        party.gender, party.ethnicity, born or aged, party.occupation, number,
        head if party.legal_representative else "",
        f"住{party.address}" if party.address and party.is_person else party.address,
        f"电话{party.phone}" if party.phone else "",
    ]  # fmt: skip
    known += [f"监护人{guardian.name}" for guardian in party.guardians]
    known += [f"代理人{agent.name}" for agent in party.agents]
    if party.represented_by:
        known.append(f"由{party.represented_by}代表")
    return "，".join(item for item in known if item)


def describe_terms(clause: ClauseFacts) -> str:
    """Who owes whom what, by when and how: the performance part of a clause. Empty when nothing is owed."""
    parts = [*describe_debt(clause), *describe_time(clause)]
    if clause.method:
        parts.append(f"履行方式：{clause.method}")
    if clause.place:
        parts.append(f"履行地点：{clause.place}")
    if clause.condition:
        parts.append(f"履行条件：{clause.condition}")
    return "；".join(parts)


def tells_terms(clause: ClauseFacts) -> bool:
    """Whether the clause's own text says all that ``describe_terms`` would: who, how much, by when and how."""
    said = (
        [*clause.obligors, *clause.obligees][: NAME_LIMIT * 2] if len(clause.obligees) <= NAME_LIMIT else []
    )
    said += [write_money(clause.amount)] if clause.amount is not None else []
    said += [write_date(clause.due)] if clause.due else []
    said += [write_money(clause.recurring.amount)] if clause.recurring else []
    said += [each for each in (clause.due_text, clause.method, clause.place, clause.condition) if each]
    return bool(said) and all(each in clause.text for each in said)


def describe_debt(clause: ClauseFacts) -> list[str]:
    """Debtors, creditors and the sum."""
    parts: list[str] = []
    if clause.obligors:
        jointly = "（承担连带责任）" if clause.joint else ""
        parts.append(f"履行义务人：{join_names(clause.obligors, NAME_LIMIT)}{jointly}")
    if clause.obligees:
        parts.append(f"权利人：{join_names(clause.obligees, NAME_LIMIT)}")
    if clause.amount is not None:
        parts.append(f"金额：{write_money(clause.amount)}")
    return parts


def describe_time(clause: ClauseFacts) -> list[str]:
    """When it falls due: a day, words, parts or a recurring sum."""
    parts: list[str] = []
    if clause.due:
        parts.append(f"履行期限：{write_date(clause.due)}前（含当日）")
    if clause.due_text:
        parts.append(f"履行期限：{clause.due_text}")
    if clause.recurring:
        every = clause.recurring
        since = f"自{write_date(every.since)}起" if every.since else ""
        until = f"至{write_date(every.until)}止" if every.until else ""
        parts.append(f"{since}{until}{every.every}{write_money(every.amount)}")
    return parts
