"""A policy that cannot work is refused when it is loaded, and every fault of it is named at once."""

from __future__ import annotations

from pathlib import Path

import pytest

import workflows
from workflows import PolicyError

LEVEL = """
[[levels]]
code = "village"
zh = "村级"
short = "村里"
en = "village"
attempts = 3
days = 7
"""
STATES = """
[[states]]
name = "open"
zh = "在办"
en = "Open"
initial = true

[[states]]
name = "done"
zh = "办结"
en = "Done"
final = true
"""
FINISH = """
[[steps]]
name = "finish"
zh = "办结"
en = "Finish"
from = ["open"]
to = "done"
who = ["mediator"]
standing = "holder"
"""
SOUND = LEVEL + STATES + FINISH


def step(**fields: str) -> str:
    """A row of its own, with some of its fields replaced; the values are TOML."""
    row = {
        "name": '"look"',
        "zh": '"看"',
        "en": '"Look"',
        "from": '["open"]',
        "to": '""',
        "who": '["mediator"]',
        "standing": '"holder"',
        **fields,
    }
    return "\n[[steps]]\n" + "\n".join(f"{key} = {value}" for key, value in row.items() if value) + "\n"


def state(name: str, **fields: str) -> str:
    """A further state; the values are TOML."""
    row = {"name": f'"{name}"', "zh": '"某处"', "en": '"There"', **fields}
    return "\n[[states]]\n" + "\n".join(f"{key} = {value}" for key, value in row.items() if value) + "\n"


def faults(folder: Path, text: str) -> list[str]:
    """What loading a policy complains of."""
    path = folder / "ours.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(PolicyError) as caught:
        workflows.load_file(path)
    return caught.value.faults


TRAP = state("trap") + step(name='"fall"', to='"trap"')
WRONG = {
    "an unknown state to go to": (SOUND + step(to='"nowhere"'), "there is no state “nowhere”"),
    "an unknown state to come from": (SOUND + step(**{"from": '["nowhere"]'}), "there is no state “nowhere”"),
    "back as a state to come from": (SOUND + step(**{"from": '["back"]'}), "there is no state “back”"),
    "an empty list of states": (SOUND + step(**{"from": "[]"}), "“from” is empty"),
    "a state nobody reaches": (SOUND + state("island", final="true"), "no step leads to “island”"),
    "a trap": (SOUND + TRAP, "from “trap” no end can be reached"),
    "a step out of an end": (
        SOUND + step(**{"from": '["done"]', "to": '"open"'}),
        "leaves “done”, which is an end",
    ),
    "two starts": (SOUND + state("other", initial="true"), "one state must be initial, not 2"),
    "no start": (SOUND.replace("initial = true", ""), "one state must be initial, not 0"),
    "no end": (SOUND.replace("final = true", ""), "no state is final"),
    "a state twice": (SOUND + state("open"), "state “open” is there 2 times"),
    "a step twice from one state": (SOUND + step() + step(), "step look is there 2 times from “open”"),
    "a step in two rows": (
        SOUND
        + step()
        + state("far")
        + step(name='"go"', to='"far"')
        + step(**{"from": '["far"]', "to": '"done"'}),
        "step look has 2 rows",
    ),
    "an unknown condition": (SOUND + step(needs='["good_weather"]'), "there is no condition “good_weather”"),
    "an unknown warning": (SOUND + step(warns='["bad_weather"]'), "there is no condition “bad_weather”"),
    "an unknown role": (SOUND + step(who='["king"]'), "there is no role “king”"),
    "no role": (SOUND + step(who="[]"), "“who” is empty"),
    "an unknown standing": (SOUND + step(standing='"throne"'), "there is no standing “throne”"),
    "an unknown time limit": (SOUND + step(starts='["eternity"]'), "there is no time limit “eternity”"),
    "an unknown time limit to stop": (
        SOUND + step(stops='["eternity"]'),
        "there is no time limit “eternity”",
    ),
    "an unknown step to follow": (SOUND + step(after='["rain"]'), "follows “rain”, which is no step"),
    "an unknown part to drive": (SOUND + step(drives='"appeal.file"'), "drives “appeal”, which is no part"),
    "an unknown part to create": (SOUND + step(creates='"appeal"'), "creates “appeal”, which is no part"),
    "an unknown step of a part": (
        '[policy]\nparts = ["agreement"]\n' + SOUND + step(drives='"agreement.burn"'),
        "the agreement has no step “burn”",
    ),
    "a part without a file": ('[policy]\nparts = ["appeal"]\n' + SOUND, "there is no file appeal.toml"),
    "time limits without a file": (
        '[policy]\ndeadlines = "clocks"\n' + SOUND,
        "there is no file clocks.toml",
    ),
    "an unknown way of finding the level": (SOUND + step(level_of='"moon"'), "“level_of” is “moon”"),
    "a way back that nothing remembers": (
        SOUND + step(to='"back"'),
        "goes back from “open”, but nothing remembers",
    ),
    "a step without its fields": (SOUND + step(zh="", who=""), "zh, who missing"),
    "a state without its words": (SOUND + state("far", zh=""), "state far: zh missing"),
    "a level without its count": (SOUND.replace("attempts = 3", ""), "level village: attempts missing"),
    "a misspelt field of a step": (SOUND + step(neeeds="[]"), "“neeeds” is not known"),
    "a misspelt field of a state": (SOUND + state("far", finall="true"), "“finall” is not known"),
    "a misspelt field of a level": (SOUND.replace("days = 7", "days = 7\nday = 7"), "“day” is not known"),
    "a misspelt table": (SOUND + "\n[ruels]\nx = 1\n", "[ruels] is not a part of a policy"),
    "a word where a list belongs": (SOUND + step(who='"mediator"'), "“who” must be a list"),
    "a list where a word belongs": (SOUND + step(zh='["看"]'), "“zh” must be a word"),
    "a word where a number belongs": (SOUND + step(level='"1"'), "“level” must be int"),
    "one table where rows belong": (SOUND.replace("[[levels]]", "[levels]"), "under [[levels]]"),
    "no level at all": (STATES + FINISH, "there are no levels"),
    "a level twice": (SOUND + LEVEL, "level “village” is there 2 times"),
    "not TOML": ("[policy\n", "not TOML"),
    "a policy that extends itself": ('[policy]\nextends = "ours"\n' + SOUND, "there is no file ours.toml"),
    "a base that is not there": ('[policy]\nextends = "theirs"\n' + SOUND, "there is no file theirs.toml"),
}


def test_the_small_policy_the_faults_are_put_into_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(SOUND, "utf-8")
    assert workflows.load_file(path).case.move("finish", "open") == "done"


@pytest.mark.parametrize("fault", WRONG)
def test_a_fault_is_refused_and_named(fault: str, tmp_path: Path) -> None:
    text, words = WRONG[fault]
    assert [said for said in faults(tmp_path, text) if words in said], faults(tmp_path, text)


def test_all_faults_of_a_file_are_listed_at_once(tmp_path: Path) -> None:
    text = (
        '[policy]\nparts = ["appeal"]\n'
        + SOUND
        + TRAP
        + state("island", final="true")
        + step(name='"one"', who='["king"]', standing='"throne"', hurry="true")
        + step(name='"two"', needs='["good_weather"]', starts='["eternity"]')
        + step(name='"three"', to='"nowhere"')
    )
    said = "\n".join(faults(tmp_path, text))
    for words in (
        "appeal.toml",
        "king",
        "throne",
        "hurry",
        "good_weather",
        "eternity",
        "nowhere",
        "“trap”",
        "“island”",
    ):
        assert words in said, words


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"there is no file lost\.toml"):
        workflows.load_file(tmp_path / "lost.toml")
    with pytest.raises(PolicyError, match=r"there is no file lost\.toml"):
        workflows.load("lost")


def test_a_folder_is_not_a_policy(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="cannot be read"):
        workflows.load_file(tmp_path)


def test_a_file_in_another_encoding_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_bytes(SOUND.encode("gb18030"))
    with pytest.raises(PolicyError, match="save the file as UTF-8"):
        workflows.load_file(path)


def test_a_mark_that_notepad_puts_in_front_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(SOUND, "utf-8-sig")
    assert workflows.load_file(path).levels[0].zh == "村级"


def test_policies_that_extend_one_another_in_a_ring_are_refused(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text('[policy]\nextends = "theirs"\n', "utf-8")
    (tmp_path / "theirs.toml").write_text('[policy]\nextends = "ours"\n', "utf-8")
    with pytest.raises(PolicyError, match="extends itself"):
        workflows.load_file(tmp_path / "ours.toml")


def test_a_county_may_call_its_own_policy_case_and_say_only_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text(
        '[policy]\nextends = "case"\nzh = "本县流程"\n[rules]\nelectronic_signing = true\n', "utf-8"
    )
    ours, shipped = workflows.load_file(path), workflows.load()
    assert ours.zh == "本县流程"
    assert ours.rules == {**shipped.rules, "electronic_signing": True}
    assert list(ours.case.steps) == list(shipped.case.steps)
    assert ours.levels == shipped.levels


@pytest.mark.parametrize("name", ["case", "four-levels", "banner"])
def test_every_policy_that_ships_is_sound(name: str) -> None:
    assert workflows.load(name).case.initial == "filed"
