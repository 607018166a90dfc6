"""What every form and payload has in common: text is checked, blanks are nothing, money and dates are strict."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, pre_load
from werkzeug.datastructures import MultiDict

from mediation.text_guard import Kind, TextError, check_text
from workflows.steps import SHANGHAI

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－", "0123456789.,-")
_MOST = Decimal("999999999.99")


class Message(str):
    """A sentence for a person that carries a stable code for a program."""

    code: str

    def __new__(cls, code: str, text: str) -> Message:
        """The sentence is the string itself."""
        made = super().__new__(cls, text)
        made.code = code
        return made


def fault(code: str, text: str, field: str = "_schema") -> ValidationError:
    """A validation error with a code."""
    return ValidationError([Message(code, text)], field)


#: The codes of the sentences that marshmallow itself says, which come back as plain text.
_PLAIN_CODES = {
    "这一项要填。": "required",
    "这一项不能空着。": "required",
    "没有这一项，请去掉或核对名称。": "unknown_field",
}


def code_of(message: object) -> str:
    """The stable code of an error message."""
    return getattr(message, "code", None) or _PLAIN_CODES.get(str(message), "wrong_value")


fields.Field.default_error_messages |= {
    "required": "这一项要填。",
    "null": "这一项不能空着。",
    "validator_failed": "这一项填得不对。",
}
Schema.error_messages = {
    "unknown": "没有这一项，请去掉或核对名称。",
    "type": "这里的格式不对。",
}
fields.Boolean.default_error_messages |= {"invalid": "请填是或否。"}
fields.List.default_error_messages |= {"invalid": "这里应当是一个列表。"}
fields.Nested.default_error_messages |= {"type": "这里的格式不对。"}
fields.Integer.default_error_messages |= {"invalid": "请填整数。", "too_large": "数字太大了。"}


class Text(fields.Field[str]):
    """Text that can be kept: guarded against hidden and broken characters, never "cleaned"."""

    def __init__(self, *, kind: Kind = "line", limit: int | None = None, **more: Any) -> None:
        """kind: name, line or note; limit in characters."""
        self.kind, self.limit = kind, limit
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        if not isinstance(value, str):
            raise fault("wrong_type", "这里要填文字。")
        try:
            return check_text(value, kind=self.kind, limit=self.limit)
        except TextError as error:
            raise fault(error.code, error.message_zh) from error


class Yuan(fields.Field[Decimal]):
    """An amount in yuan, at most two places, never negative."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Decimal:
        if isinstance(value, (bool, float)) or not isinstance(value, (str, int, Decimal)):
            raise fault("wrong_type", "金额请写成文字，例如 3500.00。")
        plain = str(value).translate(_FULL_WIDTH).replace(",", "").strip().removesuffix("元")
        if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,2})?", plain):
            raise fault("bad_amount", "金额请用数字，最多两位小数，例如 3500 或 3500.00。")
        amount = Decimal(plain).quantize(Decimal("0.01"))
        if amount > _MOST:
            raise fault("amount_too_large", "金额太大了，最多999,999,999.99元，请核对。")
        return amount


class Day(fields.Field[date]):
    """A date, YYYY-MM-DD and nothing else."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> date:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise fault("bad_date", "日期请写成 2026-01-31 的样子。")
        try:
            day = date.fromisoformat(value)
        except ValueError as error:
            raise fault("bad_date", f"没有{value}这一天，请核对。") from error
        if not 1900 <= day.year <= 2126:
            raise fault("date_out_of_range", "年份不对，请核对。")
        return day


class Moment(fields.Field[datetime]):
    """A moment with its offset; from a page, where none can be typed, the clock in China."""

    def __init__(self, *, from_page: bool = False, **more: Any) -> None:
        """from_page: accept a local time and take it as China's."""
        self.from_page = from_page
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> datetime:
        pattern = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise fault("bad_time", "时间请写成 2026-01-31T09:00:00+08:00 的样子。")
        try:
            moment = datetime.fromisoformat(value)
        except ValueError as error:
            raise fault("bad_time", f"没有{value}这个时间，请核对。") from error
        if moment.tzinfo is None:
            if not self.from_page:
                raise fault("bad_time", "时间要带时区，例如 +08:00。")
            moment = moment.replace(tzinfo=SHANGHAI)
        if not 1900 <= moment.year <= 2126:
            raise fault("date_out_of_range", "年份不对，请核对。")
        return moment


class Code(fields.Field[str]):
    """One of the codes of a vocabulary."""

    def __init__(self, named: str, vocabulary: tuple[str, ...], **more: Any) -> None:
        """named: the table that has the codes in words; vocabulary: the codes that are allowed."""
        self.named, self.vocabulary = named, vocabulary
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        if value not in self.vocabulary:
            raise fault("unknown_code", f"这里只能填：{'、'.join(self.vocabulary)}。")
        return str(value)


class Payload(Schema):
    """Data from a file or another program: unknown fields are refused by name."""

    class Meta:
        """Nothing is ignored in silence."""

        unknown = RAISE


class Page(Schema):
    """Data from a page: blanks become nothing, and what a form carries besides is left alone."""

    class Meta:
        """A form carries its token and its key too."""

        unknown = EXCLUDE

    @pre_load
    def tidy(self, data: Any, **more: Any) -> dict[str, Any]:
        """Lists as lists, trimmed text as text, blanks left out."""
        return tidy_form(data)


def tidy_form(data: Any) -> dict[str, Any]:
    """A posted form as plain data: names like `parties-0-name` become nested, blanks are left out."""
    if isinstance(data, MultiDict):
        flat = {
            key: values if len(values) > 1 or key.endswith("[]") else values[0]
            for key, values in data.lists()
        }
    else:
        flat = dict(data)
    tree: dict[str, Any] = {}
    for key, value in flat.items():
        value = _without_blanks(value)
        if value is None:
            continue
        _place(tree, key.removesuffix("[]").split("-"), value)
    return {key: _as_lists(value) for key, value in tree.items()}


def _without_blanks(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, list):
        kept = [item for item in value if not isinstance(item, str) or item.strip()]
        return kept or None
    return value


def _place(tree: dict[str, Any], path: list[str], value: Any) -> None:
    for part in path[:-1]:
        inner = tree.setdefault(part, {})
        if not isinstance(inner, dict):
            return
        tree = inner
    tree[path[-1]] = value


def _as_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _as_lists(item) for key, item in value.items()}
    if inner and all(key.isdecimal() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner


def flatten_errors(messages: Any, where: str = "") -> list[tuple[str, str, str]]:
    """marshmallow's nested messages as (where, code, sentence): `parties[1].id_number`."""
    if isinstance(messages, list):
        return [(where, code_of(message), str(message)) for message in messages]
    if not isinstance(messages, Mapping):
        return [(where, code_of(messages), str(messages))]
    found: list[tuple[str, str, str]] = []
    for key, inner in messages.items():
        if key == "_schema":
            place = where
        elif isinstance(key, int):
            place = f"{where}[{key}]"
        else:
            place = f"{where}.{key}" if where else str(key)
        found += flatten_errors(inner, place)
    return found
