"""`mediation init`, `doctor`, `workflow`, help, and what is said where something is wrong."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from mediation.commands import COMMANDS, main
from tests.offices import Office, open_office


def test_init_can_be_repeated_and_changes_nothing(busy_office: Office) -> None:
    before = busy_office.count_rows()
    busy_office.run("init")
    assert busy_office.count_rows() == before


def test_init_chooses_a_journal_that_keeps_what_was_acknowledged(office: Office) -> None:
    [(mode,)] = office.ask("PRAGMA journal_mode")
    safe = sqlite3.sqlite_version_info >= (3, 51, 3) or sqlite3.sqlite_version_info[:3] in (
        (3, 50, 7),
        (3, 44, 6),
    )
    assert mode == ("wal" if safe else "truncate")
    assert office.ask("PRAGMA synchronous") == [(2,)]


def test_doctor_finds_a_sound_office_ready(office: Office) -> None:
    result = office.run("doctor")
    assert "可以使用" in result.stdout
    assert "Ready" in result.stdout


def test_doctor_names_what_must_be_mended(busy_office: Office) -> None:
    (busy_office.instance / "keys.json").chmod(0o644)
    busy_office.change("DELETE FROM calendar_years")
    busy_office.change("UPDATE parties SET name = '甄' || char(0x10FFFD) WHERE ref = 'a1'")
    busy_office.change("UPDATE entries SET recorded_at = '2999-01-01 00:00:00' WHERE 0")
    said = busy_office.run("doctor", expect=1).stdout
    for words in ("chmod 600", "节假日", "U+10FFFD"):
        assert words in said


def test_doctor_says_that_there_is_no_database_yet(tmp_path: Path) -> None:
    empty = open_office(tmp_path / "empty")
    assert "mediation init" in empty.run("doctor", expect=1).stdout
    assert "mediation init" in empty.run("cases", "export", "x", expect=1).stderr
    empty.close()


def test_keys_that_do_not_fit_are_told_in_words(busy_office: Office) -> None:
    path = busy_office.instance / "keys.json"
    path.write_text('{"master": "00"}', "utf-8")
    other = open_office(busy_office.instance)
    result = other.run("cases", "export", "〔2026〕大源村人调字第0001号", expect=1)
    assert "keys.json" in result.stderr
    other.close()


@pytest.mark.parametrize("form", ["table", "mermaid", "svg"])
def test_the_workflow_is_shown(form: str) -> None:
    result = CliRunner().invoke(main, ["workflow", "show", "--format", form])
    assert result.exit_code == 0
    assert "受理" in result.stdout


def test_a_sound_policy_passes_and_an_unsound_one_is_told_every_fault(tmp_path: Path) -> None:
    sound = files("workflows") / "policies" / "case.toml"
    assert CliRunner().invoke(main, ["workflow", "check", str(sound)]).exit_code == 0
    bad = tmp_path / "bad.toml"
    bad.write_text('[policy]\nname = "bad"\n', "utf-8")
    result = CliRunner().invoke(main, ["workflow", "check", str(bad)])
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) > 2


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_tells_how_it_is_used(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert any("\u4e00" <= sign <= "\u9fff" for sign in result.stdout)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["dance"], "没有“dance”这个命令"),
        (["cases"], "import"),
        (["documents", "render", "x"], "少了选项 --out"),
        (["workflow", "show", "--form"], "没有 --form 这个选项"),
        (["workflow", "show", "--format", "poem"], "只能是 table"),
        (["workflow", "check", "nowhere.toml"], "没有这个文件"),
        (["init", "more"], "多了参数"),
        (["story", "--out", "x", "--cases", "many"], "整数"),
    ],
)
def test_a_mistyped_command_is_told_in_chinese(args: list[str], words: str) -> None:
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 2
    assert words in result.output
    assert "Error" not in result.output
