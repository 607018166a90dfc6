"""What a form sends, as Python holds it; what cannot be read is refused in both languages."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from ..figures import FEN, LARGEST
from .blocks import Field, Words

TEXT_LIMIT = 2_000


class Refusal(ValueError):
    """A value that cannot be used."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        self.code = code
        self.words: Words = {"zh": zh, "en": en}
        self.inside = ""  # of a field of rows: “row-member”, rows counted from 0
        super().__init__(zh)


class RowsRefused(ValueError):
    """Rows of which some cannot be used; ``faults`` says what and where."""

    def __init__(self, faults: Sequence[Refusal]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in faults))


def read_value(field: Field, raw: Any, parties: Mapping[str, str], on: date | None) -> Any:
    """The value of ``field``, None when nothing was given. Raises ``Refusal``, ``RowsRefused`` for what is in rows."""
    if raw is None or raw in ("", [], ()):
        return None
    label = field.label
    if field.kind in ("party", "parties"):
        return read_parties(label, raw, parties, several=field.kind == "parties")
    if field.kind in ("parts", "shares"):
        return READ_ROWS[field.kind](label, raw, parties, on) or None
    if field.kind == "choice":
        return read_choice(field, raw)
    readers: dict[str, Callable[[Words, Any], Any]] = {
        "money": read_money, "day": read_day, "count": read_count, "flag": read_flag,
        "by": lambda words, value: read_future(words, value, on),
    }  # fmt: skip
    reader: Callable[[Words, Any], Any] = readers.get(field.kind, read_text)
    return reader(label, raw)


def read_parties(label: Words, raw: Any, parties: Mapping[str, str], *, several: bool) -> Any:
    """Refs, each of a party of the case, in the order of the case."""
    refs = [raw] if isinstance(raw, str) else list(raw)
    unknown = [ref for ref in refs if ref not in parties]
    if unknown:
        raise Refusal(
            "party_unknown",
            f"“{label['zh']}”里的“{unknown[0]}”不是本案当事人，请重新选",
            f"“{unknown[0]}” is not a party of this case",
        )
    if not several and len(refs) > 1:
        raise Refusal("one_party", f"“{label['zh']}”只能选一个", f"Choose one for “{label['en']}”")
    return tuple(ref for ref in parties if ref in refs) if several else refs[0]


def read_money(label: Words, raw: Any) -> Decimal:
    """A sum in yuan above zero with at most two decimals; thousands separators and 元 may be typed."""
    cleaned = str(raw).strip().replace(",", "").replace("，", "").removesuffix("元").removeprefix("¥")
    try:
        amount = Decimal(cleaned)
    except InvalidOperation as fault:
        raise Refusal(
            "money", f"“{label['zh']}”请用数字，例如 3500", f"Write “{label['en']}” in figures, e.g. 3500"
        ) from fault
    if not amount.is_finite() or amount != amount.quantize(FEN) or not 0 < amount <= LARGEST:
        raise Refusal(
            "money",
            f"“{label['zh']}”要大于0，最多两位小数，例如 3500.50",
            f"“{label['en']}” must be above 0 with two decimals at most",
        )
    return amount.quantize(FEN)


def read_day(label: Words, raw: Any) -> date:
    """A day."""
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(str(raw).strip())
    except ValueError as fault:
        raise Refusal(
            "day",
            f"“{label['zh']}”请写成年月日，例如 2026-04-10",
            f"Write “{label['en']}” as a date, e.g. 2026-04-10",
        ) from fault


def read_future(label: Words, raw: Any, on: date | None) -> date:
    """A last day, not before ``on``."""
    day = read_day(label, raw)
    if on is not None and day < on:
        raise Refusal(
            "past",
            f"“{label['zh']}”在签协议那天以前，请改成以后的日期",
            f"“{label['en']}” lies before the day of the agreement",
        )
    return day


def read_count(label: Words, raw: Any) -> int:
    """A whole number from 1."""
    text = str(raw).strip()
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= 9999:
        raise Refusal(
            "count",
            f"“{label['zh']}”请写1到9999之间的整数",
            f"“{label['en']}” must be a whole number from 1 to 9999",
        )
    return int(text)


def read_flag(label: Words, raw: Any) -> bool | None:
    """Yes, no, or nothing: what is neither ticked nor answered is not said."""
    if raw in (False, "false", "False"):
        return False
    return True if raw in (True, "true", "True", "1", "on", "yes", "y") else None


def read_choice(field: Field, raw: Any) -> str:
    """One of the choices."""
    if raw not in {choice.value for choice in field.choices}:
        raise Refusal(
            "choice",
            f"“{field.label['zh']}”请从列出的里面选一个",
            f"Choose one of those listed for “{field.label['en']}”",
        )
    return str(raw)


def read_text(label: Words, raw: Any) -> str | None:
    """Words, without the full stop that the clause brings itself."""
    text = " ".join(str(raw).split()).rstrip("。；;，,、 ")
    if len(text) > TEXT_LIMIT:
        raise Refusal(
            "long",
            f"“{label['zh']}”最多{TEXT_LIMIT}个字",
            f"“{label['en']}” has {TEXT_LIMIT} characters at most",
        )
    return text or None


def read_parts(
    label: Words, raw: Any, parties: Mapping[str, str], on: date | None
) -> tuple[dict[str, Any], ...]:
    """Instalments: an amount and a last day each, the days in order."""
    rows = read_rows(raw, ("期", "instalment"), {
        "amount": (AMOUNT, read_money),
        "due": (DAY, lambda words, value: read_future(words, value, on)),
    })  # fmt: skip
    days: list[date] = [row["due"] for row in rows]
    if days != sorted(days) or len(set(days)) < len(days):
        raise Refusal(
            "order",
            f"“{label['zh']}”的日期要一期比一期晚，请核对",
            f"The dates of “{label['en']}” must follow one another",
        )
    return rows


def read_shares(
    label: Words, raw: Any, parties: Mapping[str, str], on: date | None
) -> tuple[dict[str, Any], ...]:
    """Who of several gets how much, nobody twice."""
    rows = read_rows(raw, ("行", "row"), {
        "party": (WHO, lambda words, value: read_parties(words, value, parties, several=False)),
        "amount": (AMOUNT, read_money),
    })  # fmt: skip
    if len({row["party"] for row in rows}) < len(rows):
        raise Refusal(
            "twice", f"“{label['zh']}”里有人写了两次，请核对", f"Somebody stands twice in “{label['en']}”"
        )
    return rows


AMOUNT: Words = {"zh": "金额", "en": "amount"}
DAY: Words = {"zh": "日期", "en": "day"}
WHO: Words = {"zh": "姓名", "en": "name"}
Column = tuple[Words, Callable[[Words, Any], Any]]


def read_rows(raw: Any, unit: tuple[str, str], columns: Mapping[str, Column]) -> tuple[dict[str, Any], ...]:
    """Rows of the same fields, none for rows in which nothing stands; raises ``RowsRefused`` with every fault."""
    rows: list[dict[str, Any]] = []
    refused: list[Refusal] = []
    if not any(row.get(name) for row in raw for name in columns):
        return ()
    for no, row in enumerate(raw):
        read: dict[str, Any] = {}
        for name, (what, reader) in columns.items():
            words = {"zh": f"第{no + 1}{unit[0]}的{what['zh']}", "en": f"{what['en']} of {unit[1]} {no + 1}"}
            try:
                if not row.get(name):
                    raise Refusal(
                        "missing",
                        f"请填写{words['zh']}，用不着的就去掉",
                        f"Please fill in the {words['en']}, or take it away",
                    )
                read[name] = reader(words, row[name])
            except Refusal as fault:
                fault.inside = f"{no}-{name}"
                refused.append(fault)
        rows.append(read)
    if refused:
        raise RowsRefused(refused)
    return tuple(rows)


READ_ROWS: dict[str, Callable[[Words, Any, Mapping[str, str], date | None], Any]] = {
    "parts": read_parts,
    "shares": read_shares,
}
