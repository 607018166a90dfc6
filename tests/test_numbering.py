"""What the numbers of a case promise: one form, forgiving reading, no single wrong digit unnoticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.numbering import (
    CaseNumber,
    NumberError,
    PublicNumber,
    format_case_number,
    format_public_number,
    parse_case_number,
    parse_public_number,
)

years = st.integers(2000, 2099)
months = st.integers(1, 12)
serials = st.integers(1, 99_999)
number_words = st.text(alphabet="雀塘镇石泉村新邵县十里铺乡人调䶮𬭎（）", min_size=1, max_size=12)


def test_a_public_number_is_year_and_month_serial_and_check_digit() -> None:
    assert format_public_number(2026, 11, 23) == "2611-0023-5"


def test_a_serial_beyond_9999_takes_five_digits() -> None:
    text = format_public_number(2026, 11, 10_000)
    assert text.startswith("2611-10000-")
    assert parse_public_number(text) == PublicNumber(2026, 11, 10_000)


@pytest.mark.parametrize(
    "text",
    [
        "2611-0023-5",
        "261100235",
        " 2611 0023 5 ",
        "２６１１－００２３－５",
        "2611—0023—5",
        "2611　0023　5",
        "2611–0023−5",
    ],
)
def test_a_public_number_is_read_as_people_type_it(text: str) -> None:
    assert str(parse_public_number(text)) == "2611-0023-5"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "number_required"),
        ("　- ", "number_required"),
        ("2611-0023", "number_length"),
        ("2611-00235-55", "number_length"),
        ("2611-0023-X", "number_characters"),
        ("٢٦١١٠٠٢٣٥", "number_characters"),
        ("2611-0023-6", "number_check_digit"),
        ("2613-0023-5", "number_check_digit"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused_with_what_to_do(text: str, code: str) -> None:
    with pytest.raises(NumberError) as refusal:
        parse_public_number(text)
    assert refusal.value.code == code
    assert "编号" in refusal.value.message


@pytest.mark.parametrize(
    ("year", "month", "serial"), [(1999, 1, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, 100_000)]
)
def test_a_public_number_outside_its_bounds_is_never_written(year: int, month: int, serial: int) -> None:
    with pytest.raises(ValueError, match=r"\d"):
        format_public_number(year, month, serial)


@given(years, months, serials)
def test_reading_a_public_number_undoes_writing_it(year: int, month: int, serial: int) -> None:
    assert parse_public_number(format_public_number(year, month, serial)) == PublicNumber(year, month, serial)


@given(years, months, serials)
def test_any_single_wrong_digit_is_caught(year: int, month: int, serial: int) -> None:
    right = format_public_number(year, month, serial).replace("-", "")
    for place, digit in enumerate(right):
        for other in set("0123456789") - {digit}:
            with pytest.raises(NumberError):
                parse_public_number(right[:place] + other + right[place + 1 :])


def test_a_case_number_names_year_committee_kind_and_serial() -> None:
    assert format_case_number(2026, "雀塘镇", "人调", 12) == "〔2026〕雀塘镇人调字第0012号"
    assert format_case_number(2026, "雀塘镇", "人调", 12_345) == "〔2026〕雀塘镇人调字第12345号"


@pytest.mark.parametrize(
    "text",
    [
        "〔2026〕雀塘镇人调字第0012号",
        "[2026]雀塘镇人调字第12号",
        "（２０２６） 雀塘镇人调字 第 ０12 号",
        "【2026】雀塘镇人调字第12号",
    ],
)
def test_a_case_number_is_read_whatever_its_brackets(text: str) -> None:
    assert parse_case_number(text) == CaseNumber(2026, "雀塘镇", "人调", 12)


def test_the_longest_word_of_a_kind_wins() -> None:
    parsed = parse_case_number("〔2026〕雀塘镇人调字第0012号", kind_words=("调", "人调"))
    assert (parsed.number_word, parsed.kind_word) == ("雀塘镇", "人调")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026雀塘镇人调字第12号",
        "〔2026〕人调字第12号",
        "〔2026〕雀塘镇民调字第12号",
        "〔2026〕雀塘镇人调字第0号",
    ],
)
def test_what_is_no_case_number_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(NumberError, match="雀塘镇人调字第0012号") as refusal:
        parse_case_number(text)
    assert refusal.value.code == "case_number_form"


@pytest.mark.parametrize(
    ("year", "word", "serial"), [(26, "雀塘镇", 1), (2026, "雀塘镇", 0), (2026, "", 1), (2026, "雀 塘", 1)]
)
def test_a_case_number_without_its_parts_is_never_written(year: int, word: str, serial: int) -> None:
    with pytest.raises(ValueError, match="case number"):
        format_case_number(year, word, "人调", serial)


@given(st.integers(1000, 9999), number_words, st.integers(1, 999_999))
def test_reading_a_case_number_undoes_writing_it(year: int, number_word: str, serial: int) -> None:
    text = format_case_number(year, number_word, "人调", serial)
    assert str(parse_case_number(text)) == text
    assert parse_case_number(text).number_word == number_word
