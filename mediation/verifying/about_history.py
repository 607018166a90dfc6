"""I-3, I-4, I-7: the history is whole, nobody changed it, and every move in it is one that the workflow knows."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, select, text

import workflows
from mediation.models import Case, Entry
from mediation.verifying.reading import Reader, Violation
from workflows import Step, Workflow

GUARDS = {
    "sqlite": (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entries'",
        {"entries_are_not_changed", "entries_are_not_deleted"},
    ),
    "postgresql": (
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'entries'::regclass AND NOT tgisinternal AND tgenabled <> 'D'",
        {"entries_are_kept"},
    ),
}


def check_guards(reader: Reader) -> Iterator[Violation]:
    """I-7: the database still refuses to change or delete an entry."""
    query, wanted = GUARDS[reader.session.get_bind().dialect.name]
    there = {str(name) for (name,) in reader.session.execute(text(query)).all()}
    for name in sorted(wanted - there):
        yield Violation("I-7", "办理记录", f"数据库里没有了保护记录的触发器 {name}，请从备份恢复或重新建立")


def check_chains(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """I-7: each entry follows the one before, hashes to what it says, and the case knows the last one."""
    heads = {row.id: row for row in reader.rows(
        select(Case.id, Case.case_no, Case.head_hash, Case.steps_taken).where(Case.id.in_(ids)))}  # fmt: skip
    seen = set()
    for case_id, entries in reader.by_case(Entry.__table__.columns, ids, Entry.case_id, Entry.number):
        seen.add(case_id)
        yield from _follow(reader, heads[case_id], entries)
    for case_id in sorted(set(heads) - seen):
        yield Violation("I-7", heads[case_id].case_no, "一条办理记录也没有")


def _follow(reader: Reader, head: Row[Any], entries: list[Row[Any]]) -> Iterator[Violation]:
    previous = ""
    for number, entry in enumerate(entries, start=1):
        if entry.number != number:
            yield Violation("I-7", head.case_no, f"第{number}条办理记录不见了（接着是第{entry.number}条）")
            return
        if entry.previous_hash != previous:
            yield Violation("I-7", head.case_no, f"第{number}条办理记录接不上前一条")
        if _hash(entry, head.case_no, reader.keys.chain_key) != entry.hash:
            yield Violation("I-7", head.case_no, f"第{number}条办理记录被改动过")
        previous = entry.hash
    if len(entries) != head.steps_taken:
        yield Violation("I-7", head.case_no, f"有{len(entries)}条办理记录，案件上记的是{head.steps_taken}条")
    if previous != head.head_hash:
        yield Violation("I-7", head.case_no, "最后一条办理记录不是案件上记的那一条")


def _hash(entry: Row[Any], case_no: str, key: bytes) -> str:
    # Written anew and not called from the services: a writer that is wrong would find itself right.
    said = {
        "case": case_no,
        "number": entry.number,
        "at": entry.at.timestamp(),
        "recorded_at": entry.recorded_at.timestamp(),
        "user": entry.user_id,
        "by": entry.by_name,
        "organisation": entry.organisation_id,
        "step": entry.step,
        "before": entry.before,
        "after": entry.after,
        "level": entry.level,
        "facts": entry.facts,
        "warnings": entry.warnings,
        "previous": entry.previous_hash,
    }
    plain = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, plain.encode(), hashlib.sha256).hexdigest()


def check_moves(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """I-3, I-4: the states and levels of a history follow each other as the case's policy has them, to where it is."""
    cases = {row.id: row for row in reader.rows(
        select(Case.id, Case.case_no, Case.state, Case.level, Case.policy).where(Case.id.in_(ids)))}  # fmt: skip
    columns = (Entry.number, Entry.step, Entry.before, Entry.after, Entry.level, Entry.at)
    for case_id, entries in reader.by_case(columns, ids, Entry.case_id, Entry.number):
        case, last = cases[case_id], entries[-1]
        try:
            workflow = workflows.load(case.policy)
        except workflows.PolicyError:
            yield Violation("I-4", case.case_no, f"没有“{case.policy}”这个流程")
            continue
        yield from _walk(workflow, case.case_no, entries)
        if (case.state, case.level) != (last.after, last.level):
            yield Violation(
                "I-3",
                case.case_no,
                f"现在是“{case.state}”（{case.level}），记录到的是“{last.after}”（{last.level}）",
            )


def _walk(workflow: Workflow, case_no: str, entries: list[Row[Any]]) -> Iterator[Violation]:
    state, level = "", entries[0].level
    for entry in entries:
        about = f"第{entry.number}条办理记录（{entry.step}）"
        if entry.before != state:
            yield Violation("I-3", case_no, f"{about}从“{entry.before}”开始，前一条停在“{state}”")
        fault = _fault_in(workflow, entry, level)
        if fault:
            yield Violation("I-4", case_no, f"{about}{fault}")
        state, level = entry.after, entry.level


def _fault_in(workflow: Workflow, entry: Row[Any], level: str) -> str:
    if entry.number == 1:
        begins = entry.step == "file" and entry.after == workflow.case.initial
        return "" if begins else "不是登记"
    step = workflow.case.steps.get(entry.step)
    if step is None:
        return "不是流程里的步骤"
    if entry.before not in step.sources or entry.after not in _targets(workflow, step, entry.before):
        return f"不能从“{entry.before}”到“{entry.after}”"
    codes = [known.code for known in workflow.levels]
    if entry.level not in codes or level not in codes:
        return f"层级“{entry.level}”不是流程里的层级"
    moved = codes.index(entry.level) - codes.index(level)
    if not step.level_of and moved != step.level:
        return f"层级从“{level}”变到“{entry.level}”"
    return ""


def _targets(workflow: Workflow, step: Step, before: str) -> tuple[str, ...]:
    if step.target == "back":
        return workflow.case.remembered_before(before)
    return (step.target or before,)
