"""签字盖章 as a checklist: who still has to do what, named exactly; what is done already, with when and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from mediation.language import spoken, word
from mediation.models import Agreement, Case, Party
from mediation.services import scans
from mediation.services.situations import signers_of
from mediation.services.steps import workflow_of
from mediation.views.formats import show_moment
from mediation.views.screen_signing import list_others

#: What a signature takes, in the order of the page.
TICKS = ("identity", "read", "signed")


@dataclass
class Signer:
    """One party of the agreement before the paper."""

    place: int
    ref: str
    name: str
    done: str
    is_unit: bool
    others: list[tuple[str, str]]  # who may sign instead: (name, word)
    ticks: dict[str, bool] = field(default_factory=dict)
    signed_by: str = ""
    scribe: str = ""
    witness: str = ""
    screen_url: str = ""
    phone_url: str = ""
    picture_url: str = ""


@dataclass
class Signing:
    """The whole checklist."""

    signers: list[Signer]
    mediators: list[tuple[str, str]]  # name, how it was done; "" where it is not
    ticked: list[str]
    seal_done: str
    seal: bool
    slots: list[dict[str, Any]]
    manner: str
    handwritten: str
    changes: list[str]
    paper: int | None


def show_signing(case: Case, agreement: Agreement, form: MultiDict[str, str] | None = None) -> Signing:
    """The checklist as it stands; `form`: what was ticked on the page that was sent."""
    live = agreement.live_signatures
    on_screen = may_sign_on_screen(case)
    return Signing(
        signers=[
            _signer(place, party, case, agreement, form, on_screen)
            for place, party in enumerate(signers_of(agreement, case))
        ],
        mediators=[(name, _done_by(live, "mediator", name)) for name in _mediators(case, agreement)],
        ticked=form.getlist("mediators[]") if form is not None else [],
        seal_done=next((show_moment(row.signed_at) for row in live if row.kind == "seal"), ""),
        seal=bool(form is not None and form.get("seal")),
        slots=_slots(case, agreement, form),
        manner=(form.get("manner", "") if form is not None else "") or "signature",
        handwritten=form.get("handwritten", "") if form is not None else "",
        changes=[row.words for row in agreement.changes],
        paper=paper.number if (paper := scans.paper_of(agreement)) else None,
    )


def _mediators(case: Case, agreement: Agreement) -> list[str]:
    signed = [row.name for row in agreement.live_signatures if row.kind == "mediator"]
    return list(dict.fromkeys([*signed, *(case.mediators or ())]))


def _done_by(live: list[Any], kind: str, name: str) -> str:
    return next((show_moment(row.signed_at) for row in live if row.kind == kind and row.name == name), "")


def _signer(
    place: int, party: Party, case: Case, agreement: Agreement, form: MultiDict[str, str] | None, on_screen: bool
) -> Signer:  # fmt: skip
    row = next((one for one in agreement.live_signatures if one.party_id == party.id), None)
    head = f"s-{place}-"

    def typed(name: str) -> str:
        return form.get(head + name, "") if form is not None else ""

    signer = Signer(
        place=place,
        ref=party.ref,
        name=party.name,
        done=f"{word('manner', row.manner)} {show_moment(row.signed_at)}" if row else "",
        is_unit=party.kind != "person",
        others=list_others(party),
        ticks={name: bool(typed(name)) for name in TICKS},
        signed_by=typed("by"),
        scribe=typed("scribe"),
        witness=typed("witness"),
    )
    if on_screen and row is None:
        number, position = case.public_number, party.position
        signer.screen_url = url_for("signing.screen", number=number, position=position)
        signer.phone_url = url_for("signing.phone", number=number, position=position)
    if row is not None and row.strokes:
        signer.picture_url = url_for("signing.picture", number=case.public_number, position=party.position)
    return signer


def _slots(case: Case, agreement: Agreement, form: MultiDict[str, str] | None) -> list[dict[str, Any]]:
    below = int(workflow_of(case).rules.get("blurred_below", 0))
    return [
        {
            "page": slot.page,
            "blurred": slot.is_blurred(below),
            "as_it_is": bool(form is not None and form.get(f"clear-{slot.page}")),
            "url": url_for("files.show", number=case.public_number, file=slot.scan.number)
            if slot.scan
            else "",
        }
        for slot in scans.slots_of(agreement)
    ]


def may_sign_on_screen(case: Case) -> bool:
    """Whether the county has switched it on, and the law lets this kind of paper be signed so (ESL 3)."""
    rules = workflow_of(case).rules
    return bool(rules.get("electronic_signing")) and case.dispute_type not in rules.get(
        "electronic_never", ()
    )


def list_missing(seen: Signing, *, with_scans: bool = True) -> list[tuple[str, str]]:
    """What still stands between the paper and its effect, and where it is answered: 「李志刚 签名」「调委会 盖章」."""
    said = spoken("desk")
    found = [_lacking(one) for one in seen.signers if not one.done and not all(one.ticks.values())]
    if not any(done or name in seen.ticked for name, done in seen.mediators):
        found.append(("m-1", str(said["lacks_mediator"])))
    if not seen.seal_done and not seen.seal:
        found.append(("seal", str(said["lacks_seal"])))
    return found + _missing_of_scans(seen) if with_scans else found


def list_half_ticked(seen: Signing) -> list[tuple[str, str]]:
    """Of whom something is ticked, but not all that a signature takes: the ticks that are not there, by name."""
    return [
        _lacking(one)
        for one in seen.signers
        if not one.done and any(one.ticks.values()) and not all(one.ticks.values())
    ]


def _lacking(one: Signer) -> tuple[str, str]:
    absent = [tick for tick in TICKS if not one.ticks[tick]]
    where = f"s-{one.place}-{absent[0]}"
    if len(absent) == len(TICKS):
        lacks = word("sign", "lacks_stamped") if one.is_unit else word("desk", "lacks_signed")
        return where, lacks.format(name=one.name)
    ticks = word("page", "comma").join(word("desk", f"tick_{tick}") for tick in absent)
    return where, word("sign", "half_ticked").format(name=one.name, ticks=ticks)


def _missing_of_scans(seen: Signing) -> list[tuple[str, str]]:
    said = spoken("desk")
    found = [
        (f"scan-{slot['page']}", str(said["lacks_scan"]).format(page=slot["page"]))
        for slot in seen.slots
        if not slot["url"]
    ]
    found += [
        (f"clear-{slot['page']}", word("sign", "blurred").format(page=slot["page"]))
        for slot in seen.slots
        if slot["blurred"] and not slot["as_it_is"]
    ]
    if not seen.handwritten:
        found.append(("handwritten", str(said["lacks_handwritten"])))
    elif seen.handwritten == "yes" and not seen.changes:
        found.append(("note-handwriting", str(said["lacks_changes"])))
    return found


def facts_of_signing(seen: Signing, agreement: Agreement) -> dict[str, Any]:
    """The ticks as the step `sign` is told them: only who has signed, been recognised and been read to."""
    fresh = [one for one in seen.signers if not one.done and all(one.ticks.values())]
    signed = {row.name for row in agreement.live_signatures if row.kind == "mediator"}
    details = [
        _known({
            "party": one.ref, "identity_checked": True, "read_aloud": True, "scribe": one.scribe,
            "witness": one.witness,
        })
        for one in fresh
    ]  # fmt: skip
    facts = {
        "parties": [one.ref for one in fresh],
        "mediators": [name for name in seen.ticked if name not in signed],
        "seal": True if seen.seal and not seen.seal_done else None,
        "manner": seen.manner,
        "signed_by": {one.ref: one.signed_by for one in fresh if one.signed_by},
        "details": details,
    }
    return _known(facts)


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}
