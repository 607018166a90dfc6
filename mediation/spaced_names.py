"""Names that were spaced out so that columns of them line up: 「王  芳」 is 王芳.

Only blanks between two Chinese characters go; a name with a letter or a middle dot keeps its own, and no character is
touched.
"""

from __future__ import annotations

import re

_HAN = r"[〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003FFFF]"
_BLANKS = r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+"
_SPACED = re.compile(rf"{_HAN}[\ufe00-\ufe0f\U000e0100-\U000e01ef]?(?:{_BLANKS})(?={_HAN})")
_KEEPS = re.compile(r"[A-Za-zÀ-ÿ·•・‧∙･.．]")
_APART = re.compile(rf"(?<![^\s、，,;；])({_HAN}){_BLANKS}({_HAN})(?![^\s、，,;；])")


def join_spaced(name: str) -> str:
    """The name without the blanks that were put between its Chinese characters."""
    if _KEEPS.search(name):
        return name
    return _SPACED.sub(lambda found: re.sub(_BLANKS, "", found.group()), name)


def join_in_line(text: str) -> str:
    """The same where several names stand in one line: only two single characters belong together."""
    return _APART.sub(r"\1\2", text)
