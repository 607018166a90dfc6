"""What identifies a person or a unit: numbers checked and put in their one proper form, and a person's age.

A message never repeats the number it is about. Area codes are never looked up: they change with every merger
of counties, and an old card stays valid.
"""

import re
from datetime import date
from typing import Literal

from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidComponent

Gender = Literal["male", "female"]
LONGEST_DOCUMENT_NUMBER = 50
#: The kinds of number that say when their owner was born.
BORN_BY_NUMBER = ("resident_id", "residence_permit")

_FULL_WIDTH = {0xFF01 + n: chr(0x21 + n) for n in range(94)}
_SPACES = re.compile(r"\s+")
_DASHES = re.compile(r"[\-‐‑‒–—―−]")
_PHONE_FILLING = re.compile(r"[\s\-‐‑‒–—―−().·]+")
_EXTENSION = re.compile(r"(?:转|分机|[Ee][Xx][Tt]\.?|[Xx#*])\s*([0-9]{1,6})$")
_LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})([1-9][0-9]{6,7})")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_CHINA_PREFIX = re.compile(r"^(?:\+|00)86|^86(?=1[3-9][0-9]{9}$)")
_SERVICE_LINE = re.compile(r"[48]00[0-9]{7}|95[0-9]{3,6}")
_AGAIN = "，请对照证件再看一遍"


class IdentityError(ValueError):
    """A number that cannot be right; `code` is stable, `message` is Chinese and says what to do."""

    def __init__(self, code: str, message: str) -> None:
        """Keep the code and the sentence."""
        super().__init__(message)
        self.code = code
        self.message = message


def check_identity_number(
    id_type: str,
    text: str,
    *,
    today: date,
    birth_date: date | None = None,
    gender: Gender | None = None,
) -> str:
    """Check a number by the kind of paper it stands on and return its proper form.

    Kinds: resident_id, residence_permit, passport, uscc; any other is taken as it is, trimmed. Raises
    IdentityError with the codes of the function for that kind.
    """
    if id_type == "resident_id":
        return check_resident_id(text, today=today, birth_date=birth_date, gender=gender)
    if id_type == "residence_permit":
        return check_residence_permit(text, today=today, birth_date=birth_date, gender=gender)
    if id_type == "uscc":
        return check_uscc(text)
    if id_type == "passport":
        return check_passport(text)
    return check_other_document(text)


def check_resident_id(
    text: str, *, today: date, birth_date: date | None = None, gender: Gender | None = None
) -> str:
    """Check an 18-digit citizen's number (GB 11643) and return it with half-width digits and a capital X.

    Residence permits of Hong Kong, Macao and Taiwan residents (81, 82, 83) and the newer permits of foreign
    permanent residents (9) have the same form and pass too. `today` bounds the birth date; `birth_date` and
    `gender` are what the form says. Raises IdentityError: id_required, id_15_digits, id_length,
    id_characters, id_region, id_birth_date, id_birth_future, id_checksum, id_mismatch_birth,
    id_mismatch_gender.
    """
    number = _SPACES.sub("", text.translate(_FULL_WIDTH)).upper()
    if not number:
        raise IdentityError("id_required", "请填写身份证号，共18位")
    if re.fullmatch(r"[0-9]{15}", number):
        raise IdentityError("id_15_digits", "这是15位的旧身份证号，已经停用，请填写18位的号码")
    if len(number) != 18:
        raise IdentityError("id_length", f"身份证号是{len(number)}位，应是18位，请再数一数")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise IdentityError("id_characters", f"身份证号前17位都是数字，最后一位是数字或X{_AGAIN}")
    if number.startswith("0"):
        raise IdentityError("id_region", f"身份证号开头不会是0{_AGAIN}")
    born = _check_birth_part(number, today)
    if ric.calc_check_digit(number) != number[-1]:
        raise IdentityError("id_checksum", f"身份证号最后一位对不上{_AGAIN}")
    if birth_date is not None and birth_date != born:
        raise IdentityError("id_mismatch_birth", "身份证号里的出生日期和填写的出生日期不一样，请核对后改正")
    if gender is not None and gender != gender_of(number):
        raise IdentityError("id_mismatch_gender", "身份证号里的性别和填写的性别不一样，请核对后改正")
    return number


def _check_birth_part(number: str, today: date) -> date:
    try:
        born = birth_date_of(number)
    except InvalidComponent:
        message = f"身份证号第7到14位是出生日期，这一天不存在{_AGAIN}"
        raise IdentityError("id_birth_date", message) from None
    if born > today:
        message = f"身份证号第7到14位是出生日期，这一天还没有到{_AGAIN}"
        raise IdentityError("id_birth_future", message)
    return born


def check_residence_permit(
    text: str, *, today: date, birth_date: date | None = None, gender: Gender | None = None
) -> str:
    """Check the number of a residence permit of Hong Kong, Macao or Taiwan (81…, 82…, 83…).

    Raises IdentityError: id_not_permit, and the codes of check_resident_id.
    """
    number = check_resident_id(text, today=today, birth_date=birth_date, gender=gender)
    if number[:2] not in ("81", "82", "83"):
        message = "港澳台居民居住证号以81、82或83开头，请看看证件种类是不是选错了"
        raise IdentityError("id_not_permit", message)
    return number


def birth_date_of(number: str) -> date:
    """The birth date in an 18-digit number; stdnum's InvalidComponent if there is no such day."""
    return ric.get_birth_date(number)


def gender_of(number: str) -> Gender:
    """The sex in a checked 18-digit number: an odd 17th digit is male, an even one female (GB 11643)."""
    return "male" if int(number[16]) % 2 else "female"


def check_uscc(text: str) -> str:
    """Check a unified social credit code (GB 32100) and return it in half-width capitals.

    stdnum's own `validate` refuses the codes of rural collectives (N…) and others with a letter in the first
    two places, so only its check digit is used. Raises IdentityError: uscc_required, uscc_length,
    uscc_characters, uscc_checksum.
    """
    code = _DASHES.sub("", _SPACES.sub("", text.translate(_FULL_WIDTH))).upper()
    if not code:
        raise IdentityError("uscc_required", "请填写统一社会信用代码，营业执照右上角有")
    if len(code) != 18:
        raise IdentityError("uscc_length", f"统一社会信用代码是{len(code)}位，应是18位，请再数一数")
    if not re.fullmatch(r"[0-9A-HJ-NP-RTUW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RTUW-Y]{10}", code):
        message = "统一社会信用代码里没有字母I、O、S、V、Z，第3到8位是数字，请对照营业执照再看一遍"
        raise IdentityError("uscc_characters", message)
    if uscc.calc_check_digit(code) != code[-1]:
        raise IdentityError("uscc_checksum", "统一社会信用代码对不上，可能有一位抄错，请对照营业执照再看一遍")
    return code


def check_passport(text: str) -> str:
    """Check the form of a passport or travel permit number, 5 to 20 letters and digits; no check digit.

    Raises IdentityError: passport_required, passport_form.
    """
    number = _SPACES.sub("", text.translate(_FULL_WIDTH)).upper()
    if not number:
        raise IdentityError("passport_required", "请填写护照号码")
    if not re.fullmatch(r"[A-Z0-9]{5,20}", number):
        raise IdentityError("passport_form", f"护照号码是5到20位字母和数字{_AGAIN}")
    return number


def check_other_document(text: str) -> str:
    """Return the number of any other paper as typed, trimmed: no form is known, none is asked for.

    Raises IdentityError: document_required, document_length.
    """
    number = text.strip()
    if not number:
        raise IdentityError("document_required", "请填写证件号码")
    if len(number) > LONGEST_DOCUMENT_NUMBER:
        raise IdentityError("document_length", f"证件号码太长，最多{LONGEST_DOCUMENT_NUMBER}个字{_AGAIN}")
    return number


def check_phone(text: str) -> str:
    """Check a telephone number and return its proper form.

    Those are 13812345678, 0556-5551234, 0556-5551234-801 and, abroad, +85291234567. Spaces, hyphens,
    brackets, full-width digits and +86 are accepted. Service lines (400…, 95…) pass. Raises IdentityError:
    phone_required, phone_characters, phone_length, phone_prefix, phone_area.
    """
    plain, extension = _split_extension(text.translate(_FULL_WIDTH).strip())
    typed = _PHONE_FILLING.sub("", plain)
    if not typed:
        raise IdentityError("phone_required", "请填写电话号码")
    number = _CHINA_PREFIX.sub("", typed)
    if re.fullmatch(r"(?:\+|00)[1-9][0-9]{6,14}", number):
        return "+" + number.removeprefix("+").removeprefix("00")
    if not re.fullmatch(r"[0-9]+", number):
        raise IdentityError("phone_characters", "电话号码只能有数字，一格只填一个号码，请改一改")
    if _MOBILE.fullmatch(number) or _SERVICE_LINE.fullmatch(number):
        return f"{number}-{extension}" if extension else number
    # After +86 the area code is written without its 0.
    landline = _LANDLINE.fullmatch(number if number == typed or number.startswith("0") else f"0{number}")
    if landline:
        return "-".join(part for part in (*landline.groups(), extension) if part)
    raise _explain_phone(number)


def _split_extension(plain: str) -> tuple[str, str]:
    """A number and its extension: after 转 or the like, or as a last group behind a complete number."""
    marked = _EXTENSION.search(plain)
    if marked:
        return plain[: marked.start()], marked.group(1)
    head, dash, tail = _DASHES.sub("-", plain).rpartition("-")
    number = _CHINA_PREFIX.sub("", _PHONE_FILLING.sub("", head))
    complete = any(form.fullmatch(number) for form in (_LANDLINE, _MOBILE, _SERVICE_LINE))
    if dash and complete and re.fullmatch(r"[0-9]{1,6}", tail.strip()):
        return head, tail.strip()
    return plain, ""


def _explain_phone(number: str) -> IdentityError:
    if re.fullmatch(r"[2-8][0-9]{6,7}", number):
        return IdentityError("phone_area", "座机号码请带上区号，例如 0556-5551234")
    if len(number) == 11 and number.startswith("1"):
        return IdentityError("phone_prefix", "手机号第二位应是3到9，请再看一遍")
    if number.startswith("0"):
        return IdentityError("phone_length", "座机号码应是区号加7位或8位号码，例如 0556-5551234，请再数一数")
    return IdentityError("phone_length", f"电话号码是{len(number)}位，手机号应是11位，请再数一数")
