"""No text of anybody keeps the printer busy: long papers are printed apart, endless ones are refused or stopped."""

import time
from pathlib import Path
from typing import Any

import pytest

from documents import DocumentError, PaperTooLong, facts, freeze, guard, pdf, render
from documents.freezing import RUN_LIMIT, TEXT_LIMIT
from tests.documents.paper_samples import agreement, crowd, make

LONG = "\n".join(f"{no}．双方因宅基地之间的通道堆放建筑材料发生争执，三轮车受损。" for no in range(900))


def font_caches() -> dict[Path, bytes]:
    """What the machine's programs share about its fonts."""
    folders = (Path("/var/cache/fontconfig"), Path.home() / ".cache/fontconfig")
    return {path: path.read_bytes() for folder in folders for path in sorted(folder.glob("*.cache-*"))}


def no_child(*_: Any) -> Any:
    raise AssertionError("a common paper was printed apart")


def test_a_common_paper_is_printed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "print_apart", no_child)
    for told in (agreement(), agreement(crowd(45)), make(facts.SessionRecord)):
        assert not guard.is_heavy(freeze(told))


def test_a_long_paper_printed_apart_is_the_same_to_the_byte() -> None:
    frozen = freeze(agreement(summary="因通道发生争执。" * 60 + "1" * 200))
    assert guard.is_heavy(frozen)
    assert render("agreement", frozen) == pdf.render_here("agreement", frozen, "")
    assert guard.is_heavy(freeze(agreement(summary=LONG, disputed=LONG)))


def test_text_without_a_place_to_break_is_refused_or_printed_apart() -> None:
    with pytest.raises(DocumentError, match="排不成行"):
        freeze(agreement(summary="1" * (RUN_LIMIT + 1)))
    with pytest.raises(DocumentError, match="排不成行"):
        freeze(agreement(summary='1"\\' * RUN_LIMIT))
    quoted = freeze(agreement(summary='1"\\' * 60))
    assert guard.is_heavy(quoted) and not guard.is_heavy(
        freeze(agreement(summary="http://example.cn/a?b=1 " * 50))
    )


def test_one_text_has_a_limit_of_its_own() -> None:
    with pytest.raises(PaperTooLong, match=f"上限{TEXT_LIMIT}字"):
        freeze(agreement(summary="长" * (TEXT_LIMIT + 1)))


def test_a_paper_that_takes_too_long_is_stopped_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "CPU_SECONDS", 1)
    frozen = freeze(agreement(summary=("1" * 299 + "长") * 90))
    started = time.process_time()
    with pytest.raises(DocumentError, match="超过了时间或者内存的上限"):
        render("agreement", frozen)
    assert time.process_time() - started < 1  # the work was the child's


def test_a_paper_that_takes_too_much_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MEMORY", 100 * 1024**2)
    monkeypatch.setattr(guard, "PATIENCE", 10)
    before = font_caches()
    with pytest.raises(DocumentError, match="超过了时间或者内存的上限"):
        render("agreement", freeze(agreement(summary=LONG, disputed=LONG)))
    assert font_caches() == before, "what every program here knows of the fonts was overwritten"


def test_the_child_passes_a_refusal_on() -> None:
    with pytest.raises(DocumentError, match="存档内容读不出来"):
        render("agreement", '{"x":"' + "长" * guard.HEAVY + '"}')
