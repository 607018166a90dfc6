"""Faults of the people: who applies, who may sign and did, who is not known well enough (CPL 62, 205; CPLI 354)."""

from __future__ import annotations

from collections.abc import Iterator

from .finding import Finding, say
from .law import read_law
from .picture import Applicant, Picture


def check_people(picture: Picture) -> Iterator[Finding]:
    """Everything that is wrong with the parties."""
    seen: dict[str, str] = {}
    for place, party in enumerate(picture.parties):
        if not party.signer:
            continue
        where = f"parties[{place}]"
        yield from _applies(party, where)
        yield from _of_free_will(party, where)
        yield from _signed(picture, party, where)
        yield from _known(party, where)
        yield from _papers(party, where)
        if party.id_key:
            if party.id_key in seen:
                yield say("identity_double", f"{where}.id_number", name=party.name, other=seen[party.id_key])
            seen.setdefault(party.id_key, party.name)


def _applies(party: Applicant, where: str) -> Iterator[Finding]:
    if not party.applies:
        yield say("party_not_applying", f"{where}.consents", name=party.name)
    if len(party.agents) > read_law().rules["agents_at_most"]:
        yield say("too_many_agents", f"{where}.agents", name=party.name, count=len(party.agents))


def _of_free_will(party: Applicant, where: str) -> Iterator[Finding]:
    if not party.consented:
        yield say("no_consent", f"{where}.consents", name=party.name)
    if not party.attended:
        yield say("never_there", f"{where}.attended", name=party.name)
    if party.kind == "person" and needs_guardian(party.age, party.capacity) and not party.guardians:
        yield say("guardian_missing", f"{where}.guardians", name=party.name)


def needs_guardian(age: int | None, capacity: str | None) -> bool:
    """Whether a guardian acts for a person: by what is known of the capacity, or else by age (CCG 17–24)."""
    return capacity in ("limited", "none") or (capacity != "full" and is_young(age))


def is_young(age: int | None) -> bool:
    """Whether somebody of this age is no adult yet (CCG 17)."""
    return age is not None and age < read_law().rules["adult_age"]


def _signed(picture: Picture, party: Applicant, where: str) -> Iterator[Finding]:
    if picture.form != "written":
        return
    if not party.signed_by:
        yield say("party_unsigned", f"{where}.signature", name=party.name)
        return
    if _cannot_sign(party) and party.guardians and party.signed_by not in party.guardians:
        yield say(
            "child_signed_alone", f"{where}.signature", name=party.name, signer="、".join(party.guardians)
        )
    elif party.signed_by not in _may_sign(party):
        yield say("signed_without_power", f"{where}.agents", name=party.name, signer=party.signed_by)


def _cannot_sign(party: Applicant) -> bool:
    young = party.age is not None and party.age < read_law().rules["child_age"]
    return party.kind == "person" and (party.capacity == "none" or young)


def _may_sign(party: Applicant) -> set[str]:
    return {
        party.name,
        *party.special_agents,
        *party.guardians,
        *([party.legal_representative] if party.legal_representative else []),
    }


def _known(party: Applicant, where: str) -> Iterator[Finding]:
    if not party.id_key:
        yield say("identity_number", f"{where}.id_number", name=party.name)
    elif not party.id_fits:
        yield say("identity_wrong", f"{where}.id_number", name=party.name)
    if not party.address:
        yield say("address", f"{where}.address", name=party.name)
    if not party.phone:
        yield say("phone", f"{where}.phone", name=party.name)
    if party.kind == "person" and not party.birth_date:
        yield say("birth_date", f"{where}.birth_date", name=party.name)
    if party.kind != "person" and not party.legal_representative:
        yield say("legal_representative", f"{where}.legal_representative", name=party.name)


def _papers(party: Applicant, where: str) -> Iterator[Finding]:
    if party.identity_copy is False:
        yield say("identity_copy", f"{where}.identity", name=party.name)
    if party.agents and party.agent_paper is False:
        yield say("agent_paper", f"{where}.power_of_attorney", name=party.name)
    if party.address_paper is False and not party.represented_by:
        yield say("delivery_paper", f"{where}.delivery_address", name=party.name)
