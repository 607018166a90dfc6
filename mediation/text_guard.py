"""Which characters may stand in a text that people type, and how long it may be.

A name is never changed but for white space around it: rare characters, variation selectors, compatibility
forms and middle dots stay as they were typed, since a name is what its bearer's papers say.
"""

import re
from typing import Literal

Kind = Literal["name", "line", "note"]

LIMITS: dict[Kind, int] = {"name": 100, "line": 200, "note": 20_000}
"""The longest text of each kind, in code points."""

_OUTER_SPACE = " \t\r\n\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_NOT_TEXT = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_HIDDEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


class TextError(ValueError):
    """A text that cannot be taken; `code` is stable, `message_zh` says what to do."""

    def __init__(self, code: str, message_zh: str) -> None:
        """Keep the code and the sentence."""
        super().__init__(message_zh)
        self.code = code
        self.message_zh = message_zh


def check_text(value: str, *, kind: Kind = "line", label: str = "这一项", limit: int | None = None) -> str:
    """Return the text as it may be stored, or raise TextError.

    A name comes back exactly as typed, without the white space around it. In a line and a note invisible
    characters are removed (`count_hidden` says how many there were); a note keeps tabs and line breaks, these
    as line feeds. `label` is the field's name as the page shows it; `limit` replaces the kind's own.
    Codes: bad_unicode, control_char, bidi_control, hidden_char, private_char, required, too_long.
    """
    if _NOT_TEXT.search(value) or (kind == "name" and "\ufffd" in value):
        raise TextError("bad_unicode", f"{label}里含有无法识别的字符，请删掉后重新输入")
    if kind == "note":
        value = _LINE_ENDS.sub("\n", value)
    value = value.strip(_OUTER_SPACE)
    _refuse_controls(value, kind, label)
    if _BIDI.search(value):
        raise TextError("bidi_control", f"{label}里含有隐藏的方向控制符，请不要粘贴，改为手工输入")
    if _PRIVATE.search(value):
        raise TextError("private_char", f"{label}里含自造字，别的电脑显示不出来，请改用标准字，另在备注说明")
    if kind != "name":
        value = _HIDDEN.sub("", value).strip(_OUTER_SPACE)
    elif _HIDDEN.search(value):
        raise TextError("hidden_char", f"{label}里含有看不见的字符，请不要粘贴，改为手工输入")
    if not value:
        raise TextError("required", f"请填写{label}")
    longest = LIMITS[kind] if limit is None else limit
    if len(value) > longest:
        raise TextError("too_long", f"{label}写了{len(value)}个字，最多{longest}个字，请删短一些")
    return value


def count_hidden(value: str) -> int:
    """How many invisible characters a line or a note loses, so that the person can be told."""
    return len(_HIDDEN.findall(value))


def _refuse_controls(value: str, kind: Kind, label: str) -> None:
    allowed = "\n\t" if kind == "note" else ""
    found = [point for point in _CONTROLS.findall(value) if point not in allowed]
    if not found:
        return
    if all(point in "\r\n\u2028\u2029\t" for point in found):
        raise TextError("control_char", f"{label}只能写一行，请去掉里面的换行和制表符")
    raise TextError("control_char", f"{label}里含有看不见的控制字符，请删掉后重新输入")
