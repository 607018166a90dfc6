"""`mediation documents render`: every paper of a case, made once and the same ever after."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

import documents
from tests.offices import Office, lines_of

EAVES = "〔2026〕大源村人调字第0001号"


def test_each_paper_is_named_and_told(busy_office: Office, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = lines_of(busy_office.run("documents", "render", EAVES, "--out", out))
    assert [paper["type"] for paper in told] == [
        "application_form", "acceptance_register", "acceptance_notice", "rights_notice", "session_record",
        "oral_agreement", "performance_certificate", "follow_up_record", "dossier",
    ]  # fmt: skip
    for paper in told:
        path = Path(paper["path"])
        assert path.name == f"{EAVES}-{paper['type']}.pdf"
        assert hashlib.sha256(path.read_bytes()).hexdigest() == paper["sha256"]
        assert len(PdfReader(path).pages) == paper["pages"]


def test_papers_of_one_type_are_counted(busy_office: Office, tmp_path: Path) -> None:
    [(number,)] = busy_office.ask("SELECT case_no FROM cases WHERE external_id = 'shop'")
    busy_office.run("documents", "render", number, "--out", tmp_path, "--type", "agreement")
    assert {path.name for path in tmp_path.glob("*.pdf")} == {
        f"{number}-agreement-1.pdf", f"{number}-agreement-2.pdf"
    }  # fmt: skip


def test_a_paper_is_made_once(busy_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    render = documents.render

    def count(code: str, frozen: str, **more: Any) -> documents.Paper:
        made.append(code)
        return render(code, frozen, **more)

    monkeypatch.setattr(documents, "render", count)
    args = ("documents", "render", EAVES, "--out", tmp_path, "--type", "oral_agreement")
    first, second = (lines_of(busy_office.run(*args)) for _ in range(2))
    assert first == second
    assert made == ["oral_agreement"]


def test_a_paper_that_was_lost_is_made_again_with_the_same_bytes(busy_office: Office, tmp_path: Path) -> None:
    args = ("documents", "render", EAVES, "--out", tmp_path, "--type", "rights_notice")
    first = lines_of(busy_office.run(*args))
    for kept in (busy_office.instance / "papers").glob("??/*.pdf"):
        kept.write_bytes(b"damaged")
    assert lines_of(busy_office.run(*args)) == first
    assert busy_office.run("verify").exit_code == 0


def test_bytes_that_differ_from_the_first_are_never_given_out(busy_office: Office, tmp_path: Path) -> None:
    busy_office.change(
        "UPDATE documents SET sha256 = 'ab', pages = 1, rendered_at = issued_at WHERE type = 'rights_notice'"
    )
    args = ("documents", "render", EAVES, "--out", tmp_path, "--type", "rights_notice")
    assert "和第一次生成的不一样" in busy_office.run(*args, expect=1).stderr
    assert not list(tmp_path.glob("*.pdf"))


def test_only_the_system_may_read_kept_papers(busy_office: Office, tmp_path: Path) -> None:
    busy_office.run("documents", "render", EAVES, "--out", tmp_path, "--type", "rights_notice")
    kept = list((busy_office.instance / "papers").glob("??/*.pdf"))
    assert [path.stat().st_mode & 0o077 for path in kept] == [0]


def test_an_unknown_case_or_type_is_an_error_in_words(busy_office: Office, tmp_path: Path) -> None:
    assert "没有这些案号" in busy_office.run("documents", "render", "x", "--out", tmp_path, expect=1).stderr
    result = busy_office.run("documents", "render", EAVES, "--out", tmp_path, "--type", "poem", expect=2)
    assert "只能是" in result.stderr
