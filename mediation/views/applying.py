"""The pages of an application: what each asks, what is wrong with an answer, and the case file that comes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from mediation.identity import IdentityError, check_phone
from mediation.language import language, spoken, word
from mediation.models import Organisation
from mediation.text_guard import TextError, check_text
from mediation.words import codes_of, say, words

PAGES = ("what", "you", "other", "where", "papers")
MOST_OTHERS = 10
UNKNOWN = "unknown"

Answers = dict[str, Any]
Fault = tuple[str, str]


def causes_of(kind: str) -> list[tuple[str, str]]:
    """The usual causes of a kind of dispute: (code, word)."""
    return list(words(language()).get("causes", {}).get(kind, {}).items()) if kind else []


def read_what(form: MultiDict[str, str], answers: Answers) -> tuple[Answers, list[Fault]]:
    """What it is about: a kind, causes, one sentence."""
    page = spoken("page")
    found: Answers = {
        "type": form.get("type", ""),
        "causes": form.getlist("causes[]")[:6],
        "sentence": form.get("sentence", ""),
        "want": form.get("want", ""),
    }
    faults: list[Fault] = []
    if found["type"] not in codes_of("dispute_type"):
        faults.append(("type", str(page["apply_say_type"])))
    known = words().get("causes", {}).get(found["type"], {})
    found["causes"] = [code for code in found["causes"] if code in known]
    _clean(found, "sentence", "note", 500, faults)
    _clean(found, "want", "note", 300, faults)
    if not faults and not found["causes"] and not found["sentence"]:
        faults.append(("sentence", str(page["apply_say_why"])))
    return found, faults


def read_you(form: MultiDict[str, str], answers: Answers) -> tuple[Answers, list[Fault]]:
    """Who applies, and for whom."""
    page = spoken("page")
    found: Answers = {key: form.get(key, "") for key in ("name", "phone", "relation", "helper")}
    found["for_family"] = form.get("for_family") == "yes"
    faults: list[Fault] = []
    _clean(found, "name", "name", 50, faults)
    _clean(found, "relation", "line", 30, faults)
    _clean(found, "helper", "name", 50, faults)
    if not found["name"]:
        faults.append(("name", str(page["apply_say_name"])))
    if found["for_family"] and not (found["helper"] and found["relation"]):
        faults.append(("helper", str(page["apply_say_helper"])))
    _phone(found, "phone", str(page["apply_say_phone"]), faults)
    return found, faults


def read_other(form: MultiDict[str, str], answers: Answers) -> tuple[Answers, list[Fault]]:
    """The other side or sides; a telephone is welcome and not asked for."""
    rows: list[Answers] = []
    faults: list[Fault] = []
    for place in range(MOST_OTHERS):
        row: Answers = {"name": form.get(f"name-{place}", ""), "phone": form.get(f"phone-{place}", "")}
        row["kind"] = "company" if form.get(f"kind-{place}") == "company" else "person"
        if not (row["name"].strip() or row["phone"].strip()):
            continue
        _clean(row, "name", "name", 100, faults, f"name-{place}")
        if not row["name"]:
            faults.append((f"name-{place}", str(spoken("page")["apply_say_other"])))
        if row["phone"].strip():
            _phone(row, "phone", "", faults, f"phone-{place}")
        rows.append(row)
    if not rows:
        faults.append(("name-0", str(spoken("page")["apply_say_other"])))
    return {"rows": rows}, faults


def read_where(form: MultiDict[str, str], answers: Answers) -> tuple[Answers, list[Fault]]:
    """Town, then village; not knowing is an answer."""
    found = {"town": form.get("town", ""), "village": form.get("village", "")}
    return found, [] if found["town"] else [("town", str(spoken("page")["apply_say_where"]))]


READ: Mapping[str, Callable[[MultiDict[str, str], Answers], tuple[Answers, list[Fault]]]] = {
    "what": read_what, "you": read_you, "other": read_other, "where": read_where,
}  # fmt: skip


def _clean(found: Answers, key: str, kind: Any, limit: int, faults: list[Fault], where: str = "") -> None:
    try:
        found[key] = check_text(found[key], kind=kind, limit=limit) if found[key].strip() else ""
    except TextError as error:
        faults.append((where or key, error.message_zh))


def _phone(found: Answers, key: str, missing: str, faults: list[Fault], where: str = "") -> None:
    if not found[key].strip():
        faults.append((where or key, missing))
        return
    try:
        found[key] = check_phone(found[key])
    except IdentityError as error:
        faults.append((where or key, error.message))


def next_page(page: str) -> str:
    """The page after this one; the check page after the last."""
    place = PAGES.index(page) + 1
    return PAGES[place] if place < len(PAGES) else "check"


def first_missing(answers: Answers) -> str | None:
    """The first page that still has to be answered; photographs never have to."""
    return next((page for page in PAGES[:-1] if page not in answers), None)


def towns(session: Session) -> list[tuple[str, str]]:
    """The offices directly below each county: (code, name)."""
    return [(row.code, row.name) for row in _below(session, None)]


def villages(session: Session, town: str) -> list[tuple[str, str]]:
    """The villages of a town."""
    here = session.scalar(select(Organisation).where(Organisation.code == town))
    return [(row.code, row.name) for row in _below(session, here)] if here else []


def _below(session: Session, here: Organisation | None) -> list[Organisation]:
    query = select(Organisation).where(Organisation.kind == "division", Organisation.active)
    if here is None:
        tops = select(Organisation.id).where(
            Organisation.parent_id.is_(None), Organisation.kind == "division"
        )
        query = query.where(Organisation.parent_id.in_(tops))
    else:
        query = query.where(Organisation.parent_id == here.id)
    return list(session.scalars(query.order_by(Organisation.code)))


def place_code(session: Session, where: Answers) -> str:
    """The office that an application goes to: the village, else the town, else the county."""
    if where.get("village") not in ("", None, UNKNOWN):
        return str(where["village"])
    if where.get("town") not in ("", None, UNKNOWN):
        return str(where["town"])
    top = session.scalar(
        select(Organisation.code)
        .where(Organisation.parent_id.is_(None), Organisation.kind == "division")
        .order_by(Organisation.code)
    )
    return top or ""


def sentence_of(answers: Answers) -> str:
    """What happened, in the applicant's words, or built from the causes that were tapped."""
    what, you = answers["what"], answers.get("you", {})
    others = "、".join(row["name"] for row in answers.get("other", {}).get("rows", [])) or say(
        "page", "apply_them"
    )
    table = words("zh").get("causes", {}).get(what["type"], {})
    causes = "、".join(table[code] for code in what["causes"] if code in table)
    built = (
        say("page", "apply_sentence").format(a=you.get("name", ""), b=others, why=causes) if causes else ""
    )
    return "\n".join(text for text in (built, what["sentence"]) if text)


def case_of(answers: Answers) -> dict[str, Any]:
    """The case file of an application: what a committee's own form would hold."""
    what, you = answers["what"], answers["you"]
    facts = sentence_of(answers)
    if you["for_family"]:
        facts += "\n" + say("page", "apply_on_behalf").format(helper=you["helper"], relation=you["relation"])
    parties = [{"role": "applicant", "kind": "person", "name": you["name"], "phone": you["phone"]}]
    for row in answers["other"]["rows"]:
        party = {"role": "respondent", "kind": row["kind"], "name": row["name"]}
        parties.append(party | ({"phone": row["phone"]} if row["phone"] else {}))
    found = {"source": "party", "dispute_type": what["type"], "facts": facts, "parties": parties}
    return found | ({"claims": what["want"]} if what.get("want") else {})


def summary_of(answers: Answers, session: Session) -> list[tuple[str, str, str]]:
    """What was answered, for the check page: (page, question, answer)."""
    page, you = spoken("page"), answers["you"]
    names = dict(towns(session)) | dict(villages(session, answers["where"].get("town", "")))
    where = [names.get(answers["where"].get(key, ""), "") for key in ("town", "village")]
    me = f"{you['name']}　{you['phone']}"
    if you["for_family"]:
        me += f"\n{page['apply_helper']}{page['colon']}{you['helper']}（{you['relation']}）"
    others = "\n".join("　".join(p for p in (r["name"], r["phone"]) if p) for r in answers["other"]["rows"])
    kind = word("dispute_type", answers["what"]["type"])
    count = len(answers.get("papers", {}).get("files", []))
    want = answers["what"].get("want")
    told = sentence_of(answers) + (f"\n{page['apply_want']}{page['colon']}{want}" if want else "")
    return [
        ("what", page["apply_what"], f"{kind}\n{told}"),
        ("you", page["apply_you"], me),
        ("other", page["apply_other"], others),
        ("where", page["apply_where"], "　".join(p for p in where if p) or page["apply_unknown"]),
        ("papers", page["apply_papers"], page["apply_photos"].format(count=count)),
    ]
