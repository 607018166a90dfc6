"""Faults of the filing: form, effect, the thirty days, the court, the papers (PML 29, 33; CPL 205; CPLI 354–355)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .finding import Finding, say
from .law import read_law
from .picture import Picture

PAPERS = {
    "confirmation_application": "application_paper",
    "mediation_certificate": "certificate_paper",
    "confirmation_undertaking": "undertaking_paper",
}


def check_filing(picture: Picture) -> Iterator[Finding]:
    """Everything that is wrong with the agreement as a paper, and with where and when it is filed."""
    yield from _form(picture)
    yield from _window(picture)
    yield from _court(picture)
    yield from _mediation(picture)
    yield from _materials(picture)


def _form(picture: Picture) -> Iterator[Finding]:
    if picture.form != "written":
        yield say("oral_agreement", "agreement.form")
        return
    if not picture.mediator_signed:
        yield say("mediator_unsigned", "agreement.mediators")
    if not picture.sealed:
        yield say("seal_missing", "agreement.seal")
    signed = picture.mediator_signed and picture.sealed and all(p.signed_by for p in picture.signers)
    if not picture.in_effect and signed:
        yield say("not_in_effect", "agreement")
    if picture.unscanned:
        yield say("scan_pages", "agreement.scans", pages="、".join(map(str, picture.unscanned)))
    if picture.loose_changes and not picture.changes:
        yield say("change_to_check", "agreement.changes", said=picture.loose_changes[:30])
    for place, change in enumerate(picture.changes):
        if change.lacking:
            yield say(
                "change_uninitialled",
                f"agreement.changes[{place}]",
                said=change.words[:30],
                name="、".join(change.lacking),
            )


def _window(picture: Picture) -> Iterator[Finding]:
    if picture.last_day is not None and picture.today > picture.last_day:
        day = f"{picture.last_day.year}年{picture.last_day.month}月{picture.last_day.day}日"
        yield say("window_closed", "agreement.effective_on", day=day)


def _court(picture: Picture) -> Iterator[Finding]:
    court, rules = picture.court, read_law().rules
    if court is None:
        return
    labour = picture.dispute_type in rules["labour_types"] and all(
        item.kind in ("pay", "set_off", "breach", "other") for item in picture.items
    )
    large = picture.amount is not None and picture.amount >= Decimal(rules["intermediate_amount"])
    if not court:
        yield say("court_not_named", "court")
    elif picture.inviting_court:
        if court != picture.inviting_court:
            yield say("inviting_court", "court", courts=picture.inviting_court)
    elif large:
        if "中级" not in court:
            yield say("intermediate_court", "court", amount=f"{picture.amount:,.2f}")
    elif labour and picture.committee_court:
        if court != picture.committee_court:
            yield say("labour_court", "court", courts=picture.committee_court)
    elif picture.courts and court not in picture.courts:
        yield say("court_not_competent", "court", court=court, courts="、".join(picture.courts))


def _mediation(picture: Picture) -> Iterator[Finding]:
    if picture.taken_elsewhere:
        yield say("taken_elsewhere", "source", place=picture.taken_elsewhere)
    if picture.suspicion:
        yield say(
            "suspicion",
            "suspicion",
            reason=picture.suspicion[:60],
            who="、".join(picture.mediators) or "调解员",
        )
    if not picture.rights_told:
        yield say("rights_not_told", "documents.rights_notice")
    if not picture.agreed_session:
        yield say("no_session", "sessions")


def _materials(picture: Picture) -> Iterator[Finding]:
    if not picture.mediators:
        yield say("mediators_unnamed", "mediators")
    if not picture.number and picture.form == "written":
        yield say("number_missing", "agreement.number")
    if picture.papers is not None:
        for kind, code in PAPERS.items():
            if kind not in picture.papers:
                yield say(code, f"documents.{kind}")
    if picture.property_proof is False and picture.dispute_type in read_law().rules["property_types"]:
        yield say("property_proof", "evidence.property")
