"""What the guard of texts promises: what may harm is refused by name, no real name is turned away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.text_guard import Kind, TextError, check_text, count_hidden

KINDS: tuple[Kind, ...] = ("name", "line", "note")


def refuse(value: str, kind: Kind) -> TextError:
    """The refusal a text of that kind meets."""
    with pytest.raises(TextError) as refusal:
        check_text(value, kind=kind, label="姓名")
    return refusal.value


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "欧阳娜娜",
        "王",
        "阿卜杜拉·买买提",
        "买买提・艾力",
        "买买提•艾力",
        "买买提.艾力",
        "䶮",
        "杨㛃",
        "𠮷",
        "𩽾",
        "𬭳",
        "𬭎",
        "\U00031350",  # Extension H
        "\U0002ebf0",  # Extension I
        "O'Brien",
        "José",
        "Jose\u0301",
        "\uf9d1",  # a compatibility form that normalising would change
        "葛\U000e0100城",
        "王　明",
        "<b>张三</b>",
        "Robert'); DROP TABLE cases;--",
        "古丽" * 12 + "尔",
    ],
)
def test_a_real_name_comes_back_as_typed(name: str) -> None:
    assert check_text(name, kind="name") == name
    assert check_text(f"\u3000 {name}\t\u3000\n", kind="name") == name


@pytest.mark.parametrize(
    "text",
    [
        "对方说“JavaScript 和 SELECT * FROM 都行”，路径 ../../x，{{ 7*7 }} -- ${x}",
        "新邵县雀塘镇石泉村3组#12-4／5（旧屋）(东)",
        "=cmd|'/c calc'!A0",
        "<script>alert(1)</script> ]]> <!--",
        "👍🏽",
    ],
)
def test_text_that_looks_like_code_is_only_text(text: str) -> None:
    for kind in KINDS:
        assert check_text(text, kind=kind) == text


def test_a_note_holds_twenty_thousand_characters_of_any_plane() -> None:
    note = "𠮷" * 20_000
    assert check_text(note, kind="note") == note
    error = refuse(note + "一", "note")
    assert error.code == "too_long"
    assert "20001" in error.message_zh


@pytest.mark.parametrize(("kind", "longest"), [("name", 100), ("line", 200), ("note", 20_000)])
def test_each_kind_has_its_length(kind: Kind, longest: int) -> None:
    assert check_text("䶮" * longest, kind=kind) == "䶮" * longest
    assert refuse("䶮" * (longest + 1), kind).code == "too_long"


def test_a_field_may_have_its_own_length() -> None:
    with pytest.raises(TextError, match="最多2个字"):
        check_text("一二三", kind="line", limit=2)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("张\ud800三", "bad_unicode"),
        ("张\udfff", "bad_unicode"),
        ("张\ufffe", "bad_unicode"),
        ("张\U0001ffff", "bad_unicode"),
        ("张\x00三", "control_char"),
        ("张\x1b三", "control_char"),
        ("张三\x1f", "control_char"),
        ("张\x7f三", "control_char"),
        ("\x85张三", "control_char"),
        ("张\u202e三", "bidi_control"),
        ("张\u2066三", "bidi_control"),
        ("\u200f张三", "bidi_control"),
        ("张\u061c三", "bidi_control"),
        ("张\ue000", "private_char"),
        ("张\uf8ff", "private_char"),
        ("张\U00100000", "private_char"),
        ("", "required"),
        ("   ", "required"),
        ("\u3000\u3000", "required"),
        ("\n\t\r\n", "required"),
    ],
)
def test_what_no_paper_can_hold_is_refused_in_every_kind(value: str, code: str, kind: Kind) -> None:
    error = refuse(value, kind)
    assert error.code == code
    assert "姓名" in error.message_zh


HIDDEN = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\U000e0001",
    "\U000e0041",
    "\u3164",
    "\uffa0",
    "\u00ad",
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_invisible_characters_are_refused_in_names_and_removed_elsewhere(hidden: str) -> None:
    assert refuse(f"张{hidden}三", "name").code == "hidden_char"
    assert refuse(f"张三{hidden}", "name").code == "hidden_char"
    assert check_text(f"第一{hidden}句", kind="note") == "第一句"
    assert check_text(f"{hidden} 石泉村{hidden}", kind="line") == "石泉村"
    assert count_hidden(f"第一{hidden}句{hidden}") == 2
    assert refuse(f"{hidden} {hidden}", "note").code == "required"


def test_a_note_keeps_its_lines_with_one_kind_of_line_end() -> None:
    assert check_text("一\r\n二\r三\u2028四\u2029五\n\t六", kind="note") == "一\n二\n三\n四\n五\n\t六"


@pytest.mark.parametrize("kind", ["name", "line"])
@pytest.mark.parametrize("value", ["张\n三", "张\t三", "张\r\n三", "张\u2028三"])
def test_a_name_and_a_line_are_one_line(value: str, kind: Kind) -> None:
    error = refuse(value, kind)
    assert error.code == "control_char"
    assert "一行" in error.message_zh


def test_a_damaged_character_is_refused_in_a_name() -> None:
    assert refuse("张\ufffd", "name").code == "bad_unicode"


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(KINDS))
def test_what_is_accepted_is_accepted_again_unchanged(value: str, kind: Kind) -> None:
    try:
        taken = check_text(value, kind=kind)
    except TextError:
        return
    assert check_text(taken, kind=kind) == taken
    assert kind != "name" or taken in value
    taken.encode("utf-8")
