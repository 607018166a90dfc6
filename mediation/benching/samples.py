"""Agreements to measure with: like a usual one of two pages, each with other names, sums and numbers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import documents
from documents import facts as f
from documents.specimens import make_specimen

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
NAMES = "建国志强秀英桂兰小军海燕永福春梅"


def make_agreement(number: int) -> str:
    """The frozen facts of the n-th agreement; no two are alike."""
    usual = make_specimen("agreement", "typical")
    assert isinstance(usual, f.Agreement)
    parties = tuple(
        replace(party, name=make_name(number * 7 + place)) if party.kind == "person" else party
        for place, party in enumerate(usual.parties)
    )
    amount = Decimal(3000 + number)
    clauses = tuple(
        replace(clause, text=f"{clause.text}（第{number}号）", amount=amount if clause.amount else None,
                installments=(), shares=())
        for clause in usual.clauses
    )  # fmt: skip
    return documents.freeze(
        replace(
            usual,
            parties=parties,
            clauses=clauses,
            number=f"〔2026〕雀塘镇人调字第{number:04d}号",
            verify_code=f"{number:010d}",
        )
    )


def make_name(seed: int) -> str:
    """A name that somebody could have."""
    return SURNAMES[seed % len(SURNAMES)] + NAMES[seed * 3 % len(NAMES)] + NAMES[(seed * 5 + 1) % len(NAMES)]
