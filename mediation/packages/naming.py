"""Names of folders and files that every computer can open: no path, no control or direction mark, never too long."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_FORBIDDEN = '<>:"/\\|?*'
LONGEST_NAME, LONGEST_FOLDER = 20, 80


def clean(text: str, longest: int = LONGEST_NAME) -> str:
    """A name as a part of a file's name; an underscore where nothing of it is left."""
    kept = "".join(
        " " if sign.isspace() else sign
        for sign in unicodedata.normalize("NFC", text)
        if sign not in _FORBIDDEN and unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return kept.strip(" .")[:longest].strip(" .") or "_"


def name_folder(place: int, number: str, parties: Sequence[Sequence[str]], *, plain: bool) -> str:
    """`0001_2611-0023-5_王建国_李志刚等3人`; by number alone where `plain`.

    parties: the names of the sides, applicants first.
    """
    head = f"{place:04d}_{clean(number)}"
    if plain:
        return head
    sides = [
        f"{clean(names[0])}等{len(names)}人" if len(names) > 1 else clean(names[0])
        for names in parties
        if names
    ]
    return "_".join([head, *sides])[:LONGEST_FOLDER].strip(" .")
