"""The forms to be filled in by hand: the same templates with ruled lines where facts would stand."""

from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from html import escape
from typing import Any, cast, get_args, get_type_hints

from jinja2 import Environment

from . import facts as f
from . import figures, sheets, wording
from .asked import ASKED
from .citations import cite_law
from .freezing import thaw
from .gaps import Gap, leave, make_party, rule
from .kinds import CATALOGUE
from .pdf import Paper, make_paper, print_html

NUMBER = "编号：__________________"
#: A matter longer than this would drive the lines to be filled in over the page; it stands on the order.
MATTER_LINES, MATTER_LENGTH = 6, 200


def blank(code: str, committee: f.CommitteeFacts | None = None) -> Paper:
    """The form of kind ``code`` to be filled in by hand, citing the law now in force; it is always the same.

    ``committee`` prints an office's own name, address and telephone. Raises ``KeyError`` for an unknown kind.
    """
    told: dict[str, Any] = {
        "number": NUMBER,
        "law": cite_law(date.max),
        "dispute_title": leave(70),
        "parties": tuple(make_party(role) for role in ("申请人", "被申请人")),
        "committee": committee or f.CommitteeFacts(name=leave(70)),
    }
    return print_blank(code, told)


def receipt_beside(frozen: str) -> Paper:
    """The 报到回执 that goes out with a 吹哨单, from that paper's frozen facts: who was asked what, by when, stands in
    it, and whoever comes writes the rest by hand.

    It is an edition beside the order and no paper of the case.  Raises ``DocumentError``.
    """
    order = cast("f.WhistleOrder", thaw("whistle_order", frozen))
    names = ("committee", "case_no", "law", "department", "matter", "sent_at", "answer_by")
    told = {name: getattr(order, name) for name in names}
    if len(order.matter) > MATTER_LENGTH or len(order.matter.splitlines()) > MATTER_LINES:
        told["matter"] = "见吹哨单"
    return print_blank("whistle_receipt", told | {"number": f"对应吹哨单：{order.number}", "parties": ()})


def print_blank(code: str, told: dict[str, Any]) -> Paper:
    """The form with what is told filled in, lines for what it asks for by hand, and gaps for the rest."""
    kind = CATALOGUE[code]
    facts = leave_out(kind.facts, told | ASKED.get(kind.facts, dict)())
    template = open_blank_templates().get_template(kind.template)
    html = template.render(
        facts=facts,
        kind=kind,
        copies=leave(12),
        watermark="",
        seam=kind.seam,
        reading=False,
        tight=kind.one_page,
    )
    printed = print_html(html)
    return make_paper(printed.pdf, printed.pages)


def leave_out(facts_class: Any, told: dict[str, Any]) -> Any:
    """Facts of which only ``told`` is known: a gap for every other one that a paper cannot do without."""
    hints = get_type_hints(facts_class, include_extras=True)
    for field in fields(facts_class):
        if field.name not in told and field.default is MISSING:
            several = str(get_args(hints[field.name])[0]).startswith("tuple")
            told[field.name] = (leave(35), leave(35)) if several else leave()
    return facts_class(**told)


@cache
def open_blank_templates() -> Environment:
    """The environment of the papers, whose filters let a gap pass and know the shape of a date or a sum."""
    environment = sheets.open_templates().overlay()
    year, part = rule(14), rule(8)
    day = Gap(f"{year}年{part}月{part}日")
    moment = Gap(f"{day}{part}时{part}分")
    money = Gap(f"{rule(28)}元（人民币{rule(50)}）")
    environment.globals = {**environment.globals, "blank_form": True}
    environment.filters = environment.filters | {
        "day": or_shape(figures.write_date, day),
        "moment": or_shape(figures.write_time, moment),
        "money": or_shape(figures.format_money, leave(24)),
        "both": or_shape(figures.write_money, money),
        "number": or_shape(figures.write_number, leave(10)),
        "copies": or_shape(figures.write_copies, Gap(f"一式{rule(12)}份")),
        "total": lambda amounts: leave(),
        "lines": lambda text: list(text.lines) if isinstance(text, Gap) else wording.split_lines(text),
        "names": join_gaps,
        "side_names": lambda side: join_gaps(party.name for party in side.parties),
        "plainly": lambda card: None,
        "terms": lambda clause: "",
    }
    return environment


def or_shape(write: Callable[[Any], str], shape: Gap) -> Callable[[Any], str]:
    """The filter, printing ``shape`` for a gap."""
    return lambda value: shape if isinstance(value, Gap) or value is None else write(value)


def join_gaps(names: Iterable[str], limit: int = 0) -> Gap:
    """``____、____``; what is no gap is text."""
    return Gap("、".join(name if isinstance(name, Gap) else escape(name) for name in names))
