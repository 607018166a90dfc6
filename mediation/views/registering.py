"""The registration page: what was typed, what is asked, what must be mended, and the data it comes to."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from mediation.identity import IdentityError, check_phone
from mediation.language import spoken, word
from mediation.models import User
from mediation.services.obligations import civil_day
from mediation.services.registering import DANGERS, usual_types
from mediation.spaced_names import join_spaced
from mediation.text_guard import TextError, check_text
from mediation.views.formats import show_day
from mediation.views.parties import number_parties
from mediation.words import say, words

TILES, MOST_SIDES = 6, 60
#: The place of the empty side that the script copies; no side that is typed has it.
BLANK = 998
Fault = tuple[str, str]


@dataclass
class Side:
    """One party as it is typed."""

    name: str = ""
    phone: str = ""
    company: bool = False
    role: str = "respondent"


@dataclass
class Typed:
    """Everything on the page, as it was sent."""

    dispute_type: str = ""
    #: More people than one types here: their list is brought in once this is registered.
    many: bool = False
    sides: list[Side] = field(default_factory=lambda: [Side(role="applicant"), Side()])
    causes: list[str] = field(default_factory=list)
    facts: str = ""
    wants: list[str] = field(default_factory=list)
    willing: str = ""
    danger: str = ""
    dangers: list[str] = field(default_factory=list)
    source: str = "party"
    mediators: str = ""


def read_typed(form: MultiDict[str, str]) -> Typed:
    """The page's form; codes that the page does not offer are left out."""
    found = Typed(
        dispute_type=_known(form, "dispute_type", words()["dispute_type"]),
        facts=form.get("facts", "").strip(),
        wants=_all_known(form, "wants[]", words()["wants"]),
        willing=_known(form, "willing", words()["willing"]),
        danger=_known(form, "danger", words()["urgent"]),
        dangers=_all_known(form, "dangers[]", DANGERS),
        many=form.get("many") == "1",
        source=_known(form, "source", words()["source"]) or "party",
        mediators=form.get("mediators", "").strip(),
    )
    found.causes = _all_known(form, "causes[]", words()["causes"].get(found.dispute_type, {}))
    places = sorted({place for name in form if (place := _place_of(name)) is not None})
    found.sides = [_read_side(form, place) for place in places[:MOST_SIDES]]
    while len(found.sides) < 2:
        found.sides.append(Side(role="respondent" if found.sides else "applicant"))
    return found


def _place_of(name: str) -> int | None:
    parts = name.split("-")
    is_side = len(parts) == 3 and parts[0] == "parties" and parts[1].isascii() and parts[1].isdigit()
    return int(parts[1]) if is_side and len(parts[1]) < 4 else None


def _read_side(form: MultiDict[str, str], place: int) -> Side:
    head = f"parties-{place}-"
    role = form.get(head + "role", "")
    usual = "applicant" if place == 0 else "respondent"
    return Side(
        join_spaced(form.get(head + "name", "").strip()),
        form.get(head + "phone", "").strip(),
        form.get(head + "kind") == "company",
        role if role in words()["party_role"] else usual,
    )


def _known(form: MultiDict[str, str], name: str, table: Mapping[str, Any]) -> str:
    value = form.get(name, "")
    return value if value in table else ""


def _all_known(form: MultiDict[str, str], name: str, table: Mapping[str, Any]) -> list[str]:
    return [value for value in dict.fromkeys(form.getlist(name)) if value in table]


def name_side(typed: Typed, place: int) -> str:
    """What a side is called on the page: 申请人, 对方, 第3方 …"""
    page = spoken("page")
    if place < 2:
        return str(page["applicant_side"] if place == 0 else page["other_side"])
    return str(page["side_no"]).format(no=place + 1)


def find_faults(typed: Typed) -> list[Fault]:
    """What must be mended, as (field, sentence), in the order of the page."""
    page, faults = spoken("page"), []
    if not typed.dispute_type:
        faults.append(("dispute_type", str(page["say_kind"])))
    for place, side in enumerate(typed.sides):
        title = name_side(typed, place)
        if not side.name:
            faults.append((f"parties-{place}-name", str(page["say_name"]).format(side=title)))
        else:
            faults += _check(f"parties-{place}-name", side.name, "name")
        if side.phone:
            faults += _check_phone(f"parties-{place}-phone", side.phone, title)
    if not typed.facts and not typed.causes:
        faults.append(("facts", str(page["say_why"])))
    faults += _check("facts", typed.facts, "note") if typed.facts else []
    faults += _check("mediators", typed.mediators, "line") if typed.mediators else []
    if not typed.danger:
        faults.append(("danger", str(page["say_danger"])))
    return faults


def _check(where: str, text: str, kind: Any) -> list[Fault]:
    try:
        check_text(text, kind=kind)
    except TextError as error:
        return [(where, error.message_zh)]
    return []


#: A number that cannot be right, though it is one: it may have been heard wrongly, and the case is not lost for it.
_DOUBTFUL = frozenset({"phone_length", "phone_area", "phone_prefix"})


def _check_phone(where: str, typed: str, title: str) -> list[Fault]:
    try:
        check_phone(typed)
    except IdentityError as error:
        if error.code not in _DOUBTFUL:
            return [(where, f"{title}{spoken('page')['colon']}{error.message}")]
    return []


def _phone_field(typed: str) -> str:
    try:
        check_phone(typed)
    except IdentityError:
        return "phone_unsure"
    return "phone"


def doubtful_phones(typed: Typed) -> list[Fault]:
    """Numbers that cannot be right, as (field, sentence): they are asked about once, and refused by nobody."""
    found = []
    for place, side in enumerate(typed.sides):
        if not side.phone:
            continue
        try:
            check_phone(side.phone)
        except IdentityError as error:
            found.append((f"parties-{place}-phone", _say_doubt(side.phone, name_side(typed, place), error)))
    return found


def _say_doubt(typed: str, title: str, error: IdentityError) -> str:
    digits = [one for one in typed if one.isdigit()]
    if digits and digits[0] in "1１" and len(digits) != 11:
        return str(spoken("page")["phone_digits"]).format(side=title, count=len(digits))
    return f"{title}{spoken('page')['colon']}{error.message}"


def data_of(typed: Typed) -> dict[str, Any]:
    """The same as a case file tells it; the sentence is written from the causes where nothing was typed."""
    sides = [
        {
            "role": side.role,
            "kind": "company" if side.company else "person",
            "name": side.name,
            **({_phone_field(side.phone): side.phone} if side.phone else {}),
        }
        for side in typed.sides
    ]
    names = [
        part for part in typed.mediators.replace(",", "、").replace("，", "、").split("、") if part.strip()
    ]
    claims = "、".join(say("wants", want) for want in typed.wants)
    data = {
        "dispute_type": typed.dispute_type,
        "facts": typed.facts or write_sentence(typed),
        "source": typed.source,
        "parties": sides,
        **({"claims": claims} if claims else {}),
        **({"mediators": [name.strip() for name in names]} if names else {}),
    }
    return number_parties(data)


def write_sentence(typed: Typed) -> str:
    """甲与乙因宅基地界线发生争执，甲要求恢复原状。 As the script of the page writes it, for papers: always Chinese."""
    first = "、".join(side.name for side in typed.sides if side.role == "applicant")
    second = "、".join(side.name for side in typed.sides if side.role != "applicant")
    causes = "、".join(words()["causes"][typed.dispute_type][cause] for cause in typed.causes)
    wanted = "、".join(say("wants", want) for want in typed.wants if want != "other")
    return f"{first}与{second}因{causes}发生争执" + (f"，{first}要求{wanted}。" if wanted else "。")


def show_registration(
    session: Session, user: User, at: Any, typed: Typed, faults: list[Fault]
) -> dict[str, Any]:
    """Everything the template is told."""
    usual = usual_types(session, user.organisation, at, TILES)
    kinds = spoken("dispute_type")
    if typed.dispute_type and typed.dispute_type not in usual:
        usual = [*usual[: TILES - 1], typed.dispute_type]
    zh, here = words()["causes"], spoken("causes")
    return {
        "typed": typed,
        "sides": [(place, side, name_side(typed, place)) for place, side in enumerate(typed.sides)],
        "blank_place": BLANK,
        "blank_side": Side(),
        "blank_title": str(spoken("page")["side_no"]).format(no=BLANK + 1),
        "usual": [(code, kinds[code]) for code in usual],
        "others": [(code, text) for code, text in kinds.items() if code not in usual],
        "causes": list(here.get(typed.dispute_type, {}).items()),
        # What the script builds chips and the sentence from: code, word here, word on papers.
        "chips": json.dumps(
            {kind: [[c, here[kind][c], text] for c, text in table.items()] for kind, table in zh.items()},
            ensure_ascii=False,
            separators=(",", ":"),
        ),
        "wants": list(spoken("wants").items()),
        "wants_zh": json.dumps(words()["wants"], ensure_ascii=False, separators=(",", ":")),
        "willing": list(spoken("willing").items()),
        "urgent": list(spoken("urgent").items()),
        "urgent_facts": list(spoken("urgent_fact").items()),
        "extra_sides": list(spoken("extra_side").items()),
        "sources": list(spoken("source").items()),
        "known": word("page", "known_already").format(
            place=user.organisation.name,
            source=word("source", typed.source),
            mediators=typed.mediators or user.name,
            day=show_day(civil_day(at)),
        ),
        "errors": defaultdict(str, reversed(faults)),  # the first of a field's faults stands beside it
    }
