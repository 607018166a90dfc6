"""I-2: numbers without gap or double, each run as long as its counter says."""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import func, select

from mediation.models import Agreement, Case, Committee, Counter
from mediation.numbering import NumberError, parse_case_number, parse_public_number
from mediation.services.numbers import AGREEMENT_WORD, CASE_WORD
from mediation.verifying.reading import Reader, Violation

RUNS = ("case", "agreement", "public")


def check_runs(reader: Reader) -> Iterator[Violation]:
    """Every run goes from 1 to its counter, and every number belongs to a run."""
    words = {word: committee for committee, word in reader.rows(select(Committee.id, Committee.number_word))}
    found: dict[str, list[int]] = defaultdict(list)
    for kind, word, query in (
        ("case", CASE_WORD, select(Case.case_no)),
        ("agreement", AGREEMENT_WORD, select(Agreement.number).where(Agreement.number_given.is_(False))),
    ):
        for (number,) in reader.rows(query):
            try:
                parts = parse_case_number(number, (word,))
                found[f"{kind}:{words[parts.number_word]}:{parts.year}"].append(parts.serial)
            except (NumberError, KeyError):
                yield Violation("I-2", number, "这个编号不属于任何调委会的编号")
    for (number,) in reader.rows(select(Case.public_number)):
        try:
            public = parse_public_number(number)
            found[f"public:{public.year % 100:02d}{public.month:02d}"].append(public.serial)
        except NumberError:
            yield Violation("I-2", number, "这个查询编号不对（校验码不符）")
    counters: dict[str, int] = dict(reader.rows(select(Counter.scope, Counter.value)))
    yield from _compare(found, {scope: value for scope, value in counters.items() if scope.startswith(RUNS)})


def _compare(found: dict[str, list[int]], counters: dict[str, int]) -> Iterator[Violation]:
    for scope in sorted({*found, *counters}):
        serials, last = sorted(found.get(scope, [])), counters.get(scope, 0)
        if serials == list(range(1, last + 1)):
            continue
        missing = sorted(set(range(1, last + 1)) - set(serials))
        beyond = sorted(set(serials) - set(range(1, last + 1)))
        doubled = [serial for serial, times in Tally(serials).items() if times > 1]
        words = [
            f"{what}{'、'.join(map(str, numbers[:10]))}"
            for what, numbers in (("缺号", missing), ("超出计数器的号", beyond), ("重号", doubled))
            if numbers
        ]
        yield Violation("I-2", f"编号 {scope}", f"计数器是{last}；{'；'.join(words)}")


def check_doubles(reader: Reader) -> Iterator[Violation]:
    """No number is there twice, even where the database's own constraint was lost."""
    for column in (Case.case_no, Case.public_number, Committee.number_word):
        for value, times in reader.rows(
            select(column, func.count()).group_by(column).having(func.count() > 1)
        ):
            yield Violation("I-2", str(value), f"出现了{times}次")
