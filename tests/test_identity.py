"""What the checks of identity promise: right numbers pass however typed, wrong ones are told why."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from mediation.identity import (
    IdentityError,
    birth_date_of,
    check_identity_number,
    check_other_document,
    check_passport,
    check_phone,
    check_residence_permit,
    check_resident_id,
    check_uscc,
    gender_of,
)
from workflows.ages import age_on, find_birthday

TODAY = date(2026, 11, 20)
RIGHT = "11010519491231002X"
RIGHT_USCC = "91350100M000100Y43"


def make_number(head: str, born: date, sequence: int) -> str:
    """A number with a right check digit."""
    body = f"{head}{born:%Y%m%d}{sequence:03d}"
    return body + ric.calc_check_digit(body + "0")


def refuse(check: Callable[[], str]) -> IdentityError:
    """The refusal that a check ends in."""
    with pytest.raises(IdentityError) as refusal:
        check()
    return refusal.value


@pytest.mark.parametrize("number", [RIGHT, "440524188001010014", "110101199003071233", "659004198306060315"])
def test_a_right_number_passes_unchanged(number: str) -> None:
    assert check_resident_id(number, today=TODAY) == number


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002 ｘ ",
        "110105\u300019491231002X\n",
    ],
)
def test_small_x_full_width_and_spaces_are_put_right(text: str) -> None:
    assert check_resident_id(text, today=TODAY) == RIGHT


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "id_required"),
        ("\u3000 ", "id_required"),
        ("110105491231002", "id_15_digits"),
        ("11010519491231002", "id_length"),
        ("11010519491231002XX", "id_length"),
        ("1101051949123100AX", "id_characters"),
        ("1101051949123100X2", "id_characters"),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "id_characters"),
        ("001015194912310025", "id_region"),
        ("110105199002300021", "id_birth_date"),
        ("110105202602290021", "id_birth_date"),
        ("110105202611210021", "id_birth_future"),
        ("110105194912310021", "id_checksum"),
        ("11010519491231020X", "id_checksum"),
    ],
)
def test_a_wrong_number_is_refused_by_its_own_code_and_not_echoed(text: str, code: str) -> None:
    error = refuse(lambda: check_resident_id(text, today=TODAY))
    assert error.code == code
    assert not text.strip() or text not in error.message
    assert error.message == str(error)
    assert not any(word in error.message for word in ("非法", "无效", "失败", "请勿"))


def test_the_check_digit_is_refused_in_words_that_say_what_to_do() -> None:
    error = refuse(lambda: check_resident_id("110105194912310021", today=TODAY))
    assert error.message == "身份证号最后一位对不上，请对照证件再看一遍"


def test_an_area_that_never_existed_or_exists_no_more_is_no_reason_to_refuse() -> None:
    for head in ("199999", "513022", "999156"):
        number = make_number(head, date(1985, 3, 1), 17)
        assert check_resident_id(number, today=TODAY) == number


def test_what_the_form_says_must_agree_with_the_number() -> None:
    right = check_resident_id(RIGHT, today=TODAY, birth_date=date(1949, 12, 31), gender="female")
    assert right == RIGHT
    other_day = refuse(lambda: check_resident_id(RIGHT, today=TODAY, birth_date=date(1949, 12, 30)))
    assert other_day.code == "id_mismatch_birth"
    assert refuse(lambda: check_resident_id(RIGHT, today=TODAY, gender="male")).code == "id_mismatch_gender"


@pytest.mark.parametrize("head", ["810000", "820000", "830000"])
def test_permits_of_hong_kong_macao_and_taiwan_residents_pass(head: str) -> None:
    number = make_number(head, date(1994, 8, 23), 21)
    assert check_residence_permit(number, today=TODAY) == number
    assert check_resident_id(number, today=TODAY) == number


def test_a_citizens_number_is_no_residence_permit() -> None:
    assert refuse(lambda: check_residence_permit(RIGHT, today=TODAY)).code == "id_not_permit"


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999), st.integers(100_000, 899_999))
def test_birth_date_and_sex_are_read_from_any_number(born: date, sequence: int, area: int) -> None:
    number = make_number(str(area), born, sequence)
    assert check_resident_id(number.lower(), today=TODAY) == number
    assert birth_date_of(number) == born
    assert gender_of(number) == ("male" if sequence % 2 else "female")


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999), st.integers(0, 17), st.integers(1, 9))
def test_any_single_wrong_digit_of_an_id_is_caught(born: date, sequence: int, place: int, shift: int) -> None:
    number = make_number("430522", born, sequence)
    if number[place] == "X":
        wrong = number[:place] + str(shift)
    else:
        wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    error = refuse(lambda: check_resident_id(wrong, today=TODAY))
    assert wrong not in error.message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (RIGHT_USCC, RIGHT_USCC),
        ("93430522395510047C", "93430522395510047C"),
        ("91350100m000100y43", RIGHT_USCC),
        ("９１３５０１００Ｍ０００１００Ｙ４３", RIGHT_USCC),
        (" 91350100-M000100Y-43", RIGHT_USCC),
        ("N2430522MF12345675", "N2430522MF12345675"),  # a rural collective
    ],
)
def test_a_right_credit_code_passes_however_typed(text: str, code: str) -> None:
    assert check_uscc(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "uscc_required"),
        ("91350100M000100Y4", "uscc_length"),
        ("91350100M000100I43", "uscc_characters"),
        ("9135O100M000100Y43", "uscc_characters"),
        ("91350100M000100Y34", "uscc_checksum"),
        ("91350100M000100Y44", "uscc_checksum"),
    ],
)
def test_a_wrong_credit_code_is_refused_by_its_own_code(text: str, code: str) -> None:
    error = refuse(lambda: check_uscc(text))
    assert error.code == code
    assert not text or text not in error.message


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13812345678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("0086 13812345678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("0556-5551234", "0556-5551234"),
        ("（0556）5551234", "0556-5551234"),
        ("+86 556 5551234", "0556-5551234"),
        ("010 62345678", "010-62345678"),
        ("0739-3600000-801", "0739-3600000-801"),
        ("0739-3600000转801", "0739-3600000-801"),
        ("400-123-4567", "4001234567"),
        ("+852 9123 4567", "+85291234567"),
        ("13812345678转1234", "13812345678-1234"),
    ],
)
def test_a_telephone_number_is_put_in_its_one_form(text: str, number: str) -> None:
    assert check_phone(text) == number
    assert check_phone(number) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "phone_required"),
        ("1381234567", "phone_length"),
        ("138123456789", "phone_length"),
        ("0556-555123", "phone_length"),
        ("12012345678", "phone_prefix"),
        ("5551234", "phone_area"),
        ("没有电话", "phone_characters"),
        ("13812345678/13912345678", "phone_characters"),
        ("١٣٨١٢٣٤٥٦٧٨", "phone_characters"),
    ],
)
def test_a_wrong_telephone_number_is_refused_by_its_own_code(text: str, code: str) -> None:
    assert refuse(lambda: check_phone(text)).code == code


def test_a_telephone_number_too_short_is_counted_for_the_person() -> None:
    error = refuse(lambda: check_phone("1381234567"))
    assert error.message == "电话号码是10位，手机号应是11位，请再数一数"


def test_passports_and_other_papers_have_no_check_digit() -> None:
    assert check_passport(" e 1234 5678 ") == "E12345678"
    assert refuse(lambda: check_passport("")).code == "passport_required"
    assert refuse(lambda: check_passport("护照")).code == "passport_form"
    assert check_other_document(" 军字第1234567号 ") == "军字第1234567号"
    assert refuse(lambda: check_other_document("\u3000")).code == "document_required"
    assert refuse(lambda: check_other_document("号" * 51)).code == "document_length"


def test_each_kind_of_paper_is_checked_by_its_own_rule() -> None:
    permit = make_number("830000", date(1990, 1, 1), 2)
    assert check_identity_number("resident_id", RIGHT.lower(), today=TODAY) == RIGHT
    assert check_identity_number("residence_permit", permit, today=TODAY) == permit
    assert check_identity_number("uscc", RIGHT_USCC.lower(), today=TODAY) == RIGHT_USCC
    assert check_identity_number("passport", "e12345678", today=TODAY) == "E12345678"
    assert check_identity_number("other", " 1 ", today=TODAY) == "1"


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2008-11-20", "2026-11-19", 17),
        ("2008-11-20", "2026-11-20", 18),
        ("2008-11-20", "2026-11-21", 18),
        ("2026-11-20", "2026-11-20", 0),
        ("2008-02-29", "2026-02-27", 17),
        ("2008-02-29", "2026-02-28", 18),
        ("2008-02-29", "2028-02-28", 19),
        ("2008-02-29", "2028-02-29", 20),
        ("2008-12-31", "2027-01-01", 18),
        ("2000-02-29", "2100-02-28", 100),
    ],
)
def test_an_age_is_reached_on_the_birthday(born: str, on: str, age: int) -> None:
    assert age_on(date.fromisoformat(born), date.fromisoformat(on)) == age


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(ValueError, match="before birth"):
        age_on(date(2026, 1, 2), date(2026, 1, 1))


@given(st.dates(date(1900, 1, 1), date(2020, 1, 1)), st.integers(0, 100))
def test_one_is_a_year_older_on_each_birthday_and_not_the_day_before(born: date, years: int) -> None:
    birthday = find_birthday(born, born.year + years)
    assert age_on(born, birthday) == years
    assert years == 0 or age_on(born, birthday - timedelta(days=1)) == years - 1
