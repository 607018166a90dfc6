"""The words a case is found by: written with it in one transaction, looked up in an index, never by reading all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from pypinyin import Style, pinyin
from sqlalchemy import ColumnElement, and_, exists, or_, select

from mediation.keys import KeyRing
from mediation.models import Case, CaseTerm, Party
from mediation.services.desk import Desk

LONGEST = 40
#: Ends of a name that are kept besides the whole: a given name, a company without its place.
MOST_ENDS, LEAST_END, MOST_READINGS = 6, 2, 4
#: Surnames that are read otherwise than the same character elsewhere (百家姓).
SURNAMES = {
    "单": "s", "解": "x", "仇": "q", "区": "o", "查": "z", "曾": "z", "朴": "p", "盖": "g", "繁": "p", "覃": "q",
    "翟": "z", "尉": "w", "万俟": "m", "尉迟": "y", "乐": "y", "召": "s", "折": "s", "任": "r", "华": "h", "宁": "n",
}  # fmt: skip
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_SEPARATORS = re.compile(r"[\s\-－—·•・.]+")


def plain(text: str) -> str:
    """A word as it is compared: without spaces, hyphens and dots, in small letters, digits of one width."""
    return _SEPARATORS.sub("", text.translate(_DIGITS)).lower()[:LONGEST]


def index_case(case: Case, keys: KeyRing) -> None:
    """Set the case's words anew from its numbers and its parties; those that have left are found as well."""
    wanted = set(_terms_of(case, keys))
    kept = []
    for row in case.terms:
        if (row.kind, row.term) in wanted:
            kept.append(row)
            wanted.discard((row.kind, row.term))
    case.terms = [*kept, *(CaseTerm(kind=kind, term=term) for kind, term in sorted(wanted))]


def _terms_of(case: Case, keys: KeyRing) -> Iterator[tuple[str, str]]:
    number = plain(case.public_number)
    yield "number", number
    yield "number", number[4:]
    for digits in re.findall(r"([0-9]{3,})号", case.case_no):
        yield "number", digits.lstrip("0") or "0"
    for party in case.all_parties:
        yield from (("name", term) for term in terms_of_name(party.name))
        if last := last_four(party):
            yield "phone", hash_of(last, keys)


def terms_of_name(name: str) -> set[str]:
    """A name, its ends, and the initials of its pinyin in every reading that its surname may have."""
    whole = plain(name)
    found = {whole[place:] for place in _places(whole)}
    for reading in _initials(whole):
        found |= {reading[place:] for place in _places(reading)}
    return {term for term in found if term}


def _places(text: str) -> range:
    return range(min(MOST_ENDS, max(1, len(text) - LEAST_END + 1)))


def _initials(name: str) -> Iterable[str]:
    if not any("\u3400" <= letter <= "\U0003ffff" for letter in name):
        return ()
    options: list[set[str]] = []
    for place, readings in enumerate(pinyin(name, style=Style.FIRST_LETTER, heteronym=_is_persons(name))):
        first = {reading[:1].lower() for reading in readings if reading[:1].isalnum()} or {""}
        options.append(first if place == 0 else {readings[0][:1].lower()})
    for surname, letter in SURNAMES.items():
        if options and name.startswith(surname):
            options[0].add(letter)
    return ["".join(letters) for letters in list(product(*map(sorted, options)))[:MOST_READINGS]]


def _is_persons(name: str) -> bool:
    """Whether a text is short enough to be a person's name, whose first character may be read in several ways."""
    return len(name) <= 6


def last_four(party: Party) -> str:
    """The last four digits of a party's phone; empty where it has none."""
    digits = re.sub("[^0-9]", "", party.phone or "")
    return digits[-4:] if len(digits) >= 7 else ""


def hash_of(last: str, keys: KeyRing) -> str:
    """Four digits cannot be guarded by hashing alone; the key outside the database does it."""
    return keys.fingerprint(f"phone-end:{last}")[:32]


def matching(words: str, keys: KeyRing, *, names: bool) -> ColumnElement[bool]:
    """The cases that every word of a search leads to; without `names` only numbers are looked at."""
    return and_(*(_one_word(word, keys, names) for word in words.split()[:5]))


def _one_word(word: str, keys: KeyRing, names: bool) -> ColumnElement[bool]:
    begin = plain(word)
    kinds = ("number", "name") if names else ("number",)
    ways = [and_(CaseTerm.kind.in_(kinds), CaseTerm.term >= begin, CaseTerm.term < begin + "\U0010ffff")]
    if begin.isascii() and begin.isdigit():
        ways.append(and_(CaseTerm.kind == "number", CaseTerm.term == (begin.lstrip("0") or "0")))
    if names and re.fullmatch("[0-9]{4}", begin):
        ways.append(and_(CaseTerm.kind == "phone", CaseTerm.term == hash_of(begin, keys)))
    if numbered := re.search("([0-9]+)号", begin):
        ways.append(and_(CaseTerm.kind == "number", CaseTerm.term == (numbered.group(1).lstrip("0") or "0")))
    # A list of numbers of cases, made first: the index of words is read once, and not once a case.
    return Case.id.in_(select(CaseTerm.case_id).where(or_(*ways)))


def index_missing(desk: Desk, most: int = 500) -> int:
    """Index cases from before there was an index, some at a time; returns how many were indexed."""
    lacking = select(Case).where(~exists().where(CaseTerm.case_id == Case.id)).limit(most)
    rows = list(desk.session.scalars(lacking))
    for case in rows:
        index_case(case, desk.keys)
    desk.session.flush()
    return len(rows)
