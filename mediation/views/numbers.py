"""A party's numbers in full, each with the mask it wears again after half a minute."""

from __future__ import annotations

from dataclasses import dataclass

from mediation.language import word
from mediation.masking import mask_id_number, mask_phone
from mediation.models import Party


@dataclass(frozen=True)
class Number:
    """One line of the page: what it is, in full and masked; a telephone can be called."""

    name: str
    value: str
    masked: str
    is_phone: bool = False
    #: Whom one calls there.
    whose: str = ""


def list_numbers(party: Party) -> list[Number]:
    """All that the case page masks or leaves out: telephones first, for they are asked for most."""
    found = [
        *_phones(party),
        *[_phone(word("field", "helper_phone"), row.phone, row.name) for row in party.helpers if row.phone],
    ]
    if party.id_number:
        found.append(Number(word("field", "id_number"), party.id_number, mask_id_number(party.id_number)))
    if party.address:
        found.append(Number(word("field", "address"), party.address, word("page", "masked_again")))
    return found


def phone_of(party: Party) -> Number | None:
    """The number to call a party by."""
    return next(iter(_phones(party)), None)


def _phones(party: Party) -> list[Number]:
    asked = (("phone", party.phone), ("phone_unsure", party.phone_unsure))
    return [_phone(word("field", name), value, party.name) for name, value in asked if value]


def _phone(name: str, number: str, whose: str) -> Number:
    return Number(name, number, mask_phone(number), is_phone=True, whose=whose)
