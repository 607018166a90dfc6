"""What the engine itself says when it refuses: the wrong step, person, moment or level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from workflows.steps import ROLE_WORDS, STANDING_WORDS, Reason, Standing, Step

#: More places than these are no help to whoever reads them.
MOST_PLACES = 2
PART_WORDS = {"agreement": "协议", "confirmation": "司法确认申请"}


class Named(Protocol):
    """A state, as far as a sentence needs it."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


def unknown(name: str) -> Reason:
    """There is no such step in the policy."""
    return Reason(
        "unknown_step",
        f"流程里没有“{name}”这个步骤，可能是写错了，或本地的流程改过。请从页面上列出的步骤里选。",
        f"There is no step “{name}” in this policy; choose one of the steps that the page offers.",
    )


def not_yours(step: Step) -> Reason:
    """The step belongs to somebody else's role or office."""
    if step.standing is Standing.system:
        return Reason(
            "not_yours",
            f"“{step.zh}”由系统办，条件齐了会自己完成，不用人点。请先看看还差什么。",
            f"“{step.en}” is taken by the system as soon as nothing is missing; see what still is.",
        )
    office_zh, office_en = STANDING_WORDS[step.standing]
    who = f"{office_zh}的{'、'.join(ROLE_WORDS[role][0] for role in step.who)}"
    return Reason(
        "not_yours",
        f"“{step.zh}”不归您办，要由{who}来办。请联系他们。",
        f"“{step.en}” is for {', '.join(ROLE_WORDS[role][1] for role in step.who)} of {office_en}; ask them.",
        who=who,
    )


def not_from_here(step: Step, state: str, states: Mapping[str, Named]) -> Reason:
    """The case is where this step cannot be taken, or nothing remembers where it came from."""
    here = states[state]
    if state in step.sources:
        return Reason(
            "way_back_unknown",
            f"系统没有记下这件事在“{here.zh}”以前办到哪里，不知道退到哪一步。请系统管理员核对这件事的记录。",
            f"Nothing tells where the case was before “{here.en}”; ask the administrator to look.",
            who="系统管理员",
        )
    if len(step.sources) > MOST_PLACES:
        return Reason(
            "not_from_here",
            f"这件事现在是“{here.zh}”，不能办“{step.zh}”。请先办现在该办的步骤。",
            f"The case is “{here.en}”; “{step.en}” cannot be taken now.",
        )
    places_zh = "、".join(f"“{states[name].zh}”" for name in step.sources)
    places_en = ", ".join(f"“{states[name].en}”" for name in step.sources)
    return Reason(
        "not_from_here",
        f"这件事现在是“{here.zh}”，“{step.zh}”只能在{places_zh}时办。请先办现在该办的步骤。",
        f"The case is “{here.en}”; “{step.en}” needs it to be {places_en}.",
    )


def part_elsewhere(step: Step, part: str, state: Named | None) -> Reason:
    """The agreement, or the application to the court, is not where this step needs it."""
    word = PART_WORDS.get(part, part)
    here_zh = f"{word}现在是“{state.zh}”" if state else f"还没有{word}"
    here_en = f"The {part} is “{state.en}”" if state else f"There is no {part}"
    return Reason(
        "not_from_here",
        f"{here_zh}，现在还不能办“{step.zh}”，或已经办过了。请看看{word}办到哪里。",
        f"{here_en}; “{step.en}” cannot be taken now.",
    )


def no_such_level(code: str) -> Reason:
    """The step would lead to a level that the policy does not have."""
    return Reason(
        "no_such_level",
        f"流程里没有“{code}”这一级，或上面没有更高的一级。请系统管理员核对机构的层级。",
        f"The policy has no level “{code}”, or none above it; ask the administrator.",
        who="系统管理员",
    )
