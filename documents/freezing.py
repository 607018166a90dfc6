"""Facts to canonical text and back: complete, printable, the same for the same facts."""

import json
import re
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from . import fonts, guard
from .errors import DocumentError, MissingFact, PaperTooLong, UnbrokenText, UnprintableCharacter
from .facts import Facts
from .kinds import CATALOGUE, kind_of

LENGTH_LIMIT = 200_000  # characters of frozen text; far above any real paper, well below a stuck renderer
TEXT_LIMIT = 30_000  # characters of one text
RUN_LIMIT = 300  # characters in a row without a space or a Chinese character: no address is longer
LINE_LIMIT = 3_000  # lines typed in all texts together; each costs the renderer as much as a paragraph

UNBROKEN = re.compile(guard.RUN.replace('"', "") % (RUN_LIMIT + 1))

Plain = Any  # what JSON holds
Reader = Callable[[Plain], Any]


def freeze(facts: Facts) -> str:
    """The facts as canonical JSON: sorted keys, exact Unicode, decimals as strings, dates in ISO 8601.

    Every field is written, so that a default changed later cannot change an old paper.
    Raises ``MissingFact``, ``UnprintableCharacter`` or ``PaperTooLong``.
    """
    title = kind_of(facts).title
    missing: list[str] = []
    plain = flatten(facts, "", missing)
    if missing:
        raise MissingFact(title, list(dict.fromkeys(missing)))
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if len(text) > LENGTH_LIMIT:
        raise PaperTooLong(title, len(text), LENGTH_LIMIT)
    if (lines := text.count("\\n")) > LINE_LIMIT:
        raise PaperTooLong(title, lines, LINE_LIMIT, "行")
    texts = walk_texts(plain)
    if (longest := max(map(len, texts))) > TEXT_LIMIT:
        raise PaperTooLong(title, longest, TEXT_LIMIT)
    if run := next((found for each in texts if (found := UNBROKEN.search(each))), None):
        raise UnbrokenText(title, run.group())
    unprintable = fonts.unprintable(text)
    if "\\u00" in text:  # JSON hides control characters behind an escape
        unprintable += fonts.unprintable("".join(texts))
    if unprintable:
        raise UnprintableCharacter(title, list(dict.fromkeys(unprintable)))
    return text


def thaw(code: str, text: str) -> Facts:
    """The facts that ``freeze`` wrote for a paper of kind ``code``.

    Raises ``DocumentError`` when the text is not such facts.
    """
    kind = CATALOGUE.get(code)
    if kind is None:
        raise DocumentError(f"没有代号为「{code}」的文书。请检查文书类型后重试。")
    try:
        facts_class: Any = kind.facts
        facts: Facts = reader_of(facts_class)(json.loads(text))
    except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError) as fault:
        raise DocumentError(
            f"《{kind.title}》的存档内容读不出来（{fault}）。请联系管理员核对存档。"
        ) from fault
    return facts


def flatten(value: Any, label: str, missing: list[str]) -> Plain:
    """``value`` as JSON holds it; the labels of empty required fields are added to ``missing``."""
    if isinstance(value, str | bool | int | NoneType):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):  # a datetime is a date too
        return value.isoformat()
    if isinstance(value, tuple):
        return [flatten(item, f"{label}第{no}项", missing) for no, item in enumerate(value, 1)]
    if is_dataclass(value):
        return flatten_dataclass(value, label, missing)
    raise TypeError(f"{label}: {type(value).__name__} is not a plain value")


def flatten_dataclass(value: Any, label: str, missing: list[str]) -> dict[str, Plain]:
    """One dataclass as a JSON object."""
    plain: dict[str, Plain] = {}
    facts_class: Any = type(value)
    for name, words, required in fields_of(facts_class):
        item = getattr(value, name)
        if required and (item is None or item == () or (isinstance(item, str) and not item.strip())):
            missing.append(f"{label}的{words}" if label.endswith("项") else words)
        plain[name] = flatten(item, words, missing)
    return plain


@cache
def fields_of(facts: type[Any]) -> tuple[tuple[str, str, bool], ...]:
    """Name, Chinese name and necessity of each field of a facts class."""
    hints = get_type_hints(facts, include_extras=True)
    return tuple(
        (field.name, get_args(hints[field.name])[1], field.default is MISSING) for field in fields(facts)
    )


@cache
def reader_of(hint: Any) -> Reader:
    """What turns JSON back into a value of the type ``hint``."""
    if get_origin(hint) is Annotated:
        return reader_of(get_args(hint)[0])
    if get_origin(hint) is tuple:
        item = reader_of(get_args(hint)[0])
        return lambda plain: tuple(item(each) for each in plain)
    arguments = get_args(hint)
    if get_origin(hint) is Union or NoneType in arguments:
        inner = reader_of(next(each for each in arguments if each is not NoneType))
        return lambda plain: None if plain is None else inner(plain)
    if is_dataclass(hint):
        return read_dataclass(hint)
    special: dict[Any, Reader] = {
        Decimal: Decimal, date: date.fromisoformat, datetime: datetime.fromisoformat,
    }  # fmt: skip
    return special.get(hint, lambda plain: plain)


def read_dataclass(facts: Any) -> Reader:
    """A reader of one facts class; an unknown or absent required field is a ``TypeError``."""
    hints = get_type_hints(facts, include_extras=True)
    readers = {name: reader_of(hint) for name, hint in hints.items()}
    return lambda plain: facts(**{name: readers[name](value) for name, value in plain.items()})


def walk_texts(plain: Plain) -> list[str]:
    """Every text in a JSON value."""
    if isinstance(plain, str):
        return [plain]
    if isinstance(plain, dict | list):
        items = plain.values() if isinstance(plain, dict) else plain
        return [text for item in items for text in walk_texts(item)]
    return []
