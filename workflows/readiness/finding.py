"""A fault, said."""

from __future__ import annotations

from dataclasses import dataclass

from .law import Sentence, read_law


@dataclass(frozen=True, slots=True)
class Finding:
    """Something on which a court would turn the application away, or that somebody should look at."""

    code: str
    ground: str  # a ground of the table
    article: str
    zh: str
    en: str
    where: str  # the field to mend, in the manner of a case file: parties[0].phone, clauses[1].due, court …
    who: str  # who can mend it
    severity: str  # must: the court would turn it away or ask for it; doubt: somebody should look

    @property
    def check(self) -> str:
        """Which of the twelve checks it belongs to."""
        return read_law().grounds[self.ground].check


def say(code: str, where: str, **told: object) -> Finding:
    """The finding of this code; its sentence is filled in with what is told. Raises ``KeyError`` for an unknown one."""
    return fill(read_law().sentences[code], where, **told)


def fill(sentence: Sentence, where: str, **told: object) -> Finding:
    """The finding of a sentence."""
    return Finding(
        code=sentence.code,
        ground=sentence.ground,
        article=sentence.article,
        zh=sentence.zh.format(**told),
        en=sentence.en.format(**told),
        where=where,
        who=sentence.who.format(**told),
        severity=sentence.severity,
    )
