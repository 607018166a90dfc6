"""`mediation cases`: files as people have them, one answer a case, the right exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.offices import Office, lines_of


def test_an_object_an_array_and_json_lines_all_go_in(
    office: Office, cases: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    one, many, lines = tmp_path / "one.json", tmp_path / "many.json", tmp_path / "lines.jsonl"
    one.write_text("\ufeff" + json.dumps(cases["eaves"], ensure_ascii=False, indent=2), "utf-8")
    many.write_text(json.dumps([cases["shop"], cases["title"]], ensure_ascii=False), "utf-8")
    lines.write_text("\n".join(json.dumps(cases[name]) for name in ("support", "delegated")), "utf-8")
    answers = lines_of(office.run("cases", "import", one, many, lines))
    assert [answer["external_id"] for answer in answers] == ["eaves", "shop", "title", "support", "delegated"]
    assert all(
        set(answer) == {"external_id", "case_no", "tracking", "state", "level", "errors"}
        for answer in answers
    )


def test_each_party_gets_its_number_and_code(office: Office, cases: dict[str, dict[str, Any]]) -> None:
    [answer] = office.import_cases(cases["wages"])
    assert [code["party"] for code in answer["tracking"]] == ["a1", "a2", "a3", "r1", "t1"]
    assert all(len(code["code"]) == 8 and code["code"].isdigit() for code in answer["tracking"])
    assert len({code["number"] for code in answer["tracking"]}) == 1


def test_a_refused_case_does_not_keep_the_others_out(
    office: Office, cases: dict[str, dict[str, Any]]
) -> None:
    answers = office.import_cases(cases["eaves"], {"format": "?"}, cases["title"], expect=1)
    assert [bool(answer["errors"]) for answer in answers] == [False, True, False]
    assert office.ask("SELECT count(*) FROM cases") == [(2,)]


def test_what_is_no_case_file_is_told_as_such(office: Office) -> None:
    for told in ("", "{", "[1]", '"x"', '{"a": 1, "a": 2}', '{"amount": NaN}', "[" * 100_000):
        [answer] = lines_of(office.run("cases", "import", "-", stdin=told, expect=1))
        assert answer["errors"][0]["code"]
    [answer] = lines_of(office.run("cases", "import", "-", stdin='{"标题": 1}'.encode("gbk"), expect=1))
    assert answer["errors"][0]["code"] == "bad_encoding"


def test_a_file_that_is_not_there_is_an_error_in_words(office: Office) -> None:
    result = office.run("cases", "import", "nowhere.json", expect=2)
    assert "没有这个文件" in result.stderr
    assert "Traceback" not in result.output


def test_an_unknown_number_is_not_exported(busy_office: Office) -> None:
    result = busy_office.run(
        "cases", "export", "〔2026〕大源村人调字第0001号", "〔2026〕大源村人调字第0099号", expect=1
    )
    assert "第0099号" in result.stderr
    assert result.stdout == ""


def test_a_number_is_found_however_it_is_typed(busy_office: Office) -> None:
    [first] = busy_office.export_cases("[2026] 大源村人调字第1号")
    [(public,)] = busy_office.ask(
        "SELECT public_number FROM cases WHERE external_id = :id", id=first["external_id"]
    )
    assert busy_office.export_cases(public) == [first]


def test_what_a_person_did_on_the_page_comes_out_with_the_visitor(busy_office: Office) -> None:
    exported = busy_office.export_cases("〔2026〕大源村人调字第0001号")[0]
    visit = next(event for event in exported["events"] if event["do"] == "follow_up")
    assert visit["visitor"] == "向明"
    assert "take_effect" not in {event["do"] for event in exported["events"]}
