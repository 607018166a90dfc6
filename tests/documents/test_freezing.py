"""Facts are frozen whole or not at all, and come back as they were."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import (
    CATALOGUE,
    DocumentError,
    MissingFact,
    PaperTooLong,
    UnprintableCharacter,
    cite_law,
    facts,
    freeze,
    kind_of,
    thaw,
)
from tests.documents.paper_samples import COMMITTEE, PAIR, agreement, crowd, make


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_kind_of_facts_comes_back_as_it_was(code: str) -> None:
    paper = make(CATALOGUE[code].facts)
    assert thaw(code, freeze(paper)) == paper
    assert kind_of(paper).code == code


def test_frozen_text_is_canonical() -> None:
    text = freeze(agreement())
    plain = json.loads(text)
    assert text == json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert plain["clauses"][0]["amount"] == "3500.00" and plain["agreed_on"] == "2026-01-10"
    assert "张䶮" in text


def test_a_missing_fact_is_named_in_chinese() -> None:
    with pytest.raises(MissingFact) as refusal:
        freeze(agreement(number=" ", mediators=()))
    assert refusal.value.fields == ("文书编号", "人民调解员")
    assert "《人民调解协议书》还不能出具" in str(refusal.value)


def test_a_missing_fact_of_one_party_says_which_party() -> None:
    with pytest.raises(MissingFact) as refusal:
        freeze(agreement((PAIR[0], replace(PAIR[1], name=""))))
    assert refusal.value.fields == ("当事人第2项的当事人姓名或名称",)


def test_what_may_stay_blank_is_no_obstacle() -> None:
    bare = tuple(facts.PartyFacts(name=who.name, role=who.role) for who in PAIR)
    assert freeze(agreement(bare, place="", recorder="", issued_on=None))


@pytest.mark.parametrize(
    "character", ["\U0010ffff", "\ue000", "\U000f0001", "\u202e", "\u200b", "\ud800", "\x07", "🦄"]
)
def test_a_character_no_font_prints_is_named(character: str) -> None:
    with pytest.raises(UnprintableCharacter) as refusal:
        freeze(agreement((replace(PAIR[0], name=f"张{character}"), PAIR[1])))
    assert refusal.value.characters == (character,)
    assert f"U+{ord(character):04X}" in str(refusal.value)


def test_the_refusal_of_a_character_can_itself_be_shown() -> None:
    with pytest.raises(UnprintableCharacter) as refusal:
        freeze(agreement(summary="甲\ud800乙"))
    assert str(refusal.value).encode("utf-8")


def test_a_paper_beyond_any_measure_is_refused() -> None:
    with pytest.raises(PaperTooLong, match="超过一份文书的上限"):
        freeze(agreement(summary="长" * 200_001))
    with pytest.raises(PaperTooLong, match="3001行"):
        freeze(agreement(summary="长\n" * 3_001))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"unknown": 1}', "null"])
def test_text_that_is_no_frozen_facts_is_refused(text: str) -> None:
    with pytest.raises(DocumentError):
        thaw("agreement", text)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(DocumentError, match="没有代号"):
        thaw("dream", "{}")


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=40),
    st.decimals("0", "99999999.99", places=2),
    st.dates(date(2011, 1, 1), date(2100, 1, 1)),
)
def test_any_name_amount_and_date_survive(name: str, amount: Decimal, day: date) -> None:
    clause = facts.ClauseFacts(no=1, text=name, amount=amount, due=day)
    paper = agreement((replace(PAIR[0], name=name), PAIR[1]), clauses=(clause,), law=cite_law(day))
    assert thaw("agreement", freeze(paper)) == paper


def test_a_paper_cites_the_law_of_its_day() -> None:
    assert "第一百九十四条" in cite_law(date(2021, 12, 31)).court_jurisdiction
    assert "第二百零一条" in cite_law(date(2022, 1, 1)).court_jurisdiction
    assert "第二百零五条" in cite_law(date(2024, 1, 1)).court_jurisdiction
    assert "第三百五十四条" in cite_law(date(2024, 1, 1)).court_materials
    assert cite_law(date(1999, 1, 1)).confirmation == "《中华人民共和国人民调解法》第三十三条"


def test_copies_follow_from_the_parties() -> None:
    kind = CATALOGUE["agreement"]
    assert kind.copies(agreement()) == 4  # two parties, the committee, the court
    assert kind.copies(agreement(court_copies=0)) == 3
    assert kind.copies(agreement(crowd(45))) == 47
    assert COMMITTEE.name in freeze(agreement())
