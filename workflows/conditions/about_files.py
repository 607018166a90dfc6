"""Conditions about the files of a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workflows.conditions.registry import Rules, condition
from workflows.situation import Situation
from workflows.steps import Move, Reason


@condition()
def file_given(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """There is a file, and it has been seen to open."""
    file = move.get("file")
    if not isinstance(file, Mapping) or not file.get("sha256"):
        yield Reason(
            "file_missing",
            "还没有选文件。请拍照，或选一个文件。",
            "Choose a file, or take a photo.",
            where="file",
        )


@condition()
def file_known(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """What is taken off the record is on it."""
    if move.get("number") not in case.files:
        yield Reason(
            "file_unknown",
            "材料里没有这一份，可能已经撤下。请回到材料列表看一看。",
            "There is no such file on record.",
            where="number",
        )
