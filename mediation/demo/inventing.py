"""People who do not exist: parties of invented cases, with numbers whose check digits are right."""

from __future__ import annotations

from typing import Any

from stdnum.cn import ric, uscc

_AREA = "430522"
_PREFIX = {"applicant": "a", "respondent": "r", "third_party": "t"}


def invent_parties(people: dict[str, list[str]], serial: int, home: str) -> list[dict[str, Any]]:
    """Parties from short lines by role: `王建国 male 1975-03-12`, or `某某有限公司 法定代表人` for a company.

    serial: a number of the case's own, so that no two people share theirs.
    """
    parties: list[dict[str, Any]] = []
    for role, lines in people.items():
        for place, line in enumerate(lines, start=1):
            number = serial * 100 + len(parties) + 1
            parties.append({"ref": f"{_PREFIX[role]}{place}", "role": role, **_invent(line, number, home)})
    return parties


def _invent(line: str, number: int, home: str) -> dict[str, Any]:
    words = line.split()
    common = {"name": words[0], "phone": f"1390000{number % 10_000:04d}", "address": home}
    if len(words) == 2:
        body = f"91{_AREA}MADEM{number:04d}"
        legal = {"name": words[1], "title": "法定代表人"}
        return {
            "kind": "company", **common, "id_type": "uscc",
            "id_number": body + uscc.calc_check_digit(body + "0"), "legal_representative": legal,
        }  # fmt: skip
    gender, born = words[1], words[2]
    last = number % 5 * 2 + (gender == "male")  # odd for a man, even for a woman
    body = f"{_AREA}{born.replace('-', '')}{number // 5 % 100:02d}{last}"
    return {
        "kind": "person", **common, "gender": gender, "ethnicity": "汉族", "birth_date": born,
        "id_type": "resident_id", "id_number": body + ric.calc_check_digit(body + "0"),
    }  # fmt: skip
