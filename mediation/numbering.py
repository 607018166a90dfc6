"""The two numbers of a case: the public one, read over a telephone, and the one that stands on its papers.

Only their form: who gets which serial is decided where the counters are kept.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from stdnum.iso7064 import mod_11_10

LARGEST_PUBLIC_SERIAL = 99_999
CENTURY = 2000
KIND_WORDS = ("人调",)

_FULL_WIDTH = {0xFF01 + n: chr(0x21 + n) for n in range(94)}
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—―−]+")
_CASE_NUMBER = r"[〔\[［(（【]([0-9０-９]{4})[〕\]］)）】](.+?)(%s)字第([0-9０-９]{1,9})号"


class NumberError(ValueError):
    """A number that cannot be right; `code` is stable, `message` is Chinese and says what to do."""

    def __init__(self, code: str, message: str) -> None:
        """Keep the code and the sentence."""
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class PublicNumber:
    """The parts of a public number; `str()` gives its one proper form."""

    year: int
    month: int
    serial: int

    def __str__(self) -> str:
        """As printed, such as 2611-0023-5."""
        return format_public_number(self.year, self.month, self.serial)


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """The parts of a case number; `str()` gives its one proper form."""

    year: int
    number_word: str
    kind_word: str
    serial: int

    def __str__(self) -> str:
        """As printed, such as 〔2026〕雀塘镇人调字第0012号."""
        return format_case_number(self.year, self.number_word, self.kind_word, self.serial)


def format_public_number(year: int, month: int, serial: int) -> str:
    """Write `YYMM-NNNN-C`: C is the ISO 7064 MOD 11,10 check digit; a serial beyond 9999 takes five digits.

    Any single wrong digit is found, and most but not all swaps of neighbours.
    Raises ValueError outside the years 2000-2099, months 1-12 and serials 1-99999.
    """
    if not CENTURY <= year < CENTURY + 100:
        raise ValueError(f"a public number has two digits for a year of this century, not {year}")
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    if not 1 <= serial <= LARGEST_PUBLIC_SERIAL:
        raise ValueError(f"a public serial lies between 1 and {LARGEST_PUBLIC_SERIAL}, not {serial}")
    head, run = f"{year % 100:02d}{month:02d}", f"{serial:04d}"
    return f"{head}-{run}-{mod_11_10.calc_check_digit(head + run)}"


def parse_public_number(text: str) -> PublicNumber:
    """Read a public number as people type it: with or without hyphens and spaces, in full-width digits too.

    Raises NumberError: number_required, number_characters, number_length, number_check_digit.
    """
    digits = _SEPARATORS.sub("", text.translate(_FULL_WIDTH))
    if not digits:
        raise NumberError("number_required", "请填写编号，受理告知书右上角有，例如 2611-0023-5")
    if not re.fullmatch(r"[0-9]+", digits):
        raise NumberError("number_characters", "编号只有数字和短横线，请对照受理告知书再看一遍")
    if len(digits) not in (9, 10):
        raise NumberError("number_length", f"编号应是9位或10位数字，这里有{len(digits)}位，请再数一数")
    month, serial = int(digits[2:4]), int(digits[4:-1])
    well_formed = 1 <= month <= 12 and serial >= 1 and (len(digits) == 9 or serial > 9999)
    if not well_formed or not mod_11_10.is_valid(digits):
        raise NumberError("number_check_digit", "编号里有一位不对，请对照受理告知书右上角再看一遍")
    return PublicNumber(CENTURY + int(digits[:2]), month, serial)


def format_case_number(year: int, number_word: str, kind_word: str, serial: int) -> str:
    """Write 〔2026〕雀塘镇人调字第0012号: year, the committee's word, the kind's word, serial of the year.

    There is no national form; this is the common one. Serials beyond 9999 grow longer. Raises ValueError for
    a year that has not four digits, a serial below 1, or a word that is empty or holds white space.
    """
    if not 1000 <= year <= 9999 or serial < 1:
        raise ValueError(f"a case number needs a four-digit year and a serial from 1, not {year}, {serial}")
    for word in (number_word, kind_word):
        if not word or re.search(r"\s", word):
            raise ValueError("the words of a case number are not empty and hold no white space")
    return f"〔{year}〕{number_word}{kind_word}字第{serial:04d}号"


def parse_case_number(text: str, kind_words: Collection[str] = KIND_WORDS) -> CaseNumber:
    """Read a case number, whatever its brackets, spaces and leading zeros.

    `kind_words` are the words that may stand before 字第; the committee's word is what precedes them. Raises
    NumberError: case_number_form.
    """
    compact = re.sub(r"\s+", "", text)
    kinds = "|".join(re.escape(word) for word in sorted(kind_words, key=len, reverse=True))
    found = re.fullmatch(_CASE_NUMBER % kinds, compact)
    if not found or int(found[4]) < 1 or int(found[1]) < 1000:
        raise NumberError("case_number_form", "案号的样子应是〔2026〕雀塘镇人调字第0012号，请照这个样子填写")
    return CaseNumber(int(found[1]), found[2], found[3], int(found[4]))
