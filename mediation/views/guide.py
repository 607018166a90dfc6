"""先问问: six questions to tap, and what follows from the answers; nothing of it is kept anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mediation.language import spoken, word
from mediation.views.applying import causes_of
from mediation.words import codes_of

QUESTIONS = ("who", "type", "causes", "danger", "court", "want")
_LABOUR = frozenset({"wage_arrears", "labour"})
_PREPARE = {
    "land": frozenset({"housing_land", "forest_land", "farmland", "expropriation", "neighbourhood"}),
    "injury": frozenset({"injury", "medical", "traffic"}),
    "wages": _LABOUR,
    "goods": frozenset({"consumer", "e_commerce", "tourism", "property_management"}),
    "family": frozenset({"marriage_family"}),
    "money": frozenset({"contract", "business"}),
}


@dataclass
class Advice:
    """What the guide says at the end."""

    title: str
    first: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)
    prepare: list[str] = field(default_factory=list)
    letter: str = ""
    may_apply: bool = True
    shielded: bool = False


def choices_of(question: str, answers: dict[str, str]) -> list[tuple[str, str]]:
    """What can be tapped."""
    if question == "type":
        return [*spoken("dispute_type").items()]
    if question == "causes":
        return [*causes_of(answers.get("type", "")), ("unknown", str(spoken("page")["apply_unknown"]))]
    return list(spoken(f"guide_{question}").items())


def tidy(question: str, value: str, answers: dict[str, str]) -> str:
    """An answer that can be one; empty otherwise."""
    return value if value in dict(choices_of(question, answers)) else ""


def read(form: Any) -> dict[str, str]:
    """The answers so far, in the order of the questions, as far as they make sense."""
    answers: dict[str, str] = {}
    for question in QUESTIONS:
        value = tidy(question, str(form.get(question, "")), answers)
        if not value:
            break
        answers[question] = value
    return answers


def advise(answers: dict[str, str]) -> Advice:
    """What to do: safety first, then whoever is competent, then mediation. It warns and forbids nothing."""
    page, says = spoken("page"), spoken("guide_advice")
    danger, court = answers["danger"], answers["court"]
    first = []
    if danger in ("hit", "home", "child"):
        first += [str(says["danger" if danger == "hit" else danger])]
    if court in ("judged", "pending"):
        first.append(str(says[court]))
    if answers["who"] == "office":
        first.append(str(says["office"]))
    if answers["type"] in _LABOUR:
        first.append(str(says["labour"]))
    stopped = court == "judged" or answers["who"] == "office"
    return Advice(
        title=str(
            page["guide_first" if first and (stopped or danger in ("hit", "home", "child")) else "guide_yes"]
        ),
        first=first,
        says=[*([] if stopped else [str(says["good"])])],
        prepare=_prepare(answers["type"]),
        letter="" if danger in ("home", "child") else _letter(answers),
        shielded=danger in ("home", "child"),
    )


def _prepare(kind: str) -> list[str]:
    table = spoken("guide_prepare")
    return [str(table["all"]), *(str(table[key]) for key, kinds in _PREPARE.items() if kind in kinds)]


def _letter(answers: dict[str, str]) -> str:
    cause = dict(causes_of(answers["type"])).get(answers["causes"], "")
    kind = str(spoken("page")["guide_letter_kind"]).format(kind=word("dispute_type", answers["type"]))
    matter = cause or kind
    want = str(spoken("guide_want")[answers["want"]])
    return str(spoken("page")["guide_letter_text"]).format(matter=matter, want=want)


def carried(answers: dict[str, str]) -> list[tuple[str, str]]:
    """What goes along to the application: kind, cause and wish."""
    found = [("type", answers["type"])] if answers["type"] in codes_of("dispute_type") else []
    if answers["causes"] != "unknown":
        found.append(("causes[]", answers["causes"]))
    if answers["want"] != "unknown":
        found.append(("want", str(spoken("guide_want")[answers["want"]])))
    return found
