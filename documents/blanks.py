"""The forms to be filled in by hand: the same templates with ruled lines where facts would stand."""

from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from html import escape
from typing import Any, get_args, get_type_hints

from jinja2 import Environment

from . import facts as f
from . import figures, sheets, wording
from .citations import cite_law
from .kinds import CATALOGUE
from .pdf import Paper, make_paper, print_html

NUMBER = "编号：__________________"


class Gap(str):
    """A ruled line where a fact would stand, as HTML; it equals nothing but itself, as what is unknown does."""

    lines: tuple["Gap", ...] = ()

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    def __html__(self) -> str:
        """What templates print; no text of anybody is ever in it."""
        return str(self)


def rule(width: int) -> Gap:
    """A line of ``width`` mm."""
    return Gap(f'<span class="blank" style="width: {width}mm"></span>')


def leave(width: int = 40, lines: int = 1) -> Any:
    """A gap of ``width`` mm; where paragraphs are printed, so many lines over the full width instead."""
    gap = rule(width)
    gap.lines = (rule(142),) * lines if lines > 1 else (gap,)
    return gap


def blank(code: str, committee: f.CommitteeFacts | None = None) -> Paper:
    """The form of kind ``code`` to be filled in by hand, citing the law now in force; it is always the same.

    ``committee`` prints an office's own name, address and telephone. Raises ``KeyError`` for an unknown kind.
    """
    kind = CATALOGUE[code]
    facts_class: Any = kind.facts
    told = ASKED.get(facts_class, dict)()
    told.setdefault("parties", tuple(make_party(role) for role in ("申请人", "被申请人")))
    told["committee"] = committee or f.CommitteeFacts(name=leave(70))
    facts = leave_out(
        facts_class, {"number": NUMBER, "law": cite_law(date.max), "dispute_title": leave(70), **told}
    )
    template = open_blank_templates().get_template(kind.template)
    html = template.render(
        facts=facts, kind=kind, copies=leave(12), watermark="", seam=kind.seam, reading=False
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


def make_party(role: str, **told: Any) -> f.PartyFacts:
    """A party of whom nothing but the role is known."""
    return f.PartyFacts(name=leave(30), role=role, **told)


def make_rows(row: Callable[..., Any], count: int = 10, **told: Any) -> tuple[Any, ...]:
    """Empty rows of a table."""
    return tuple(row(**told) for _ in range(count))


def leave_clauses(count: int) -> dict[str, Any]:
    """Numbered clauses with two lines each, under three lines of facts."""
    clauses: tuple[f.ClauseFacts, ...] = tuple(
        f.ClauseFacts(no=no, text=leave(130, 3)) for no in range(1, count + 1)
    )
    return {"summary": leave(lines=6), "clauses": clauses, "mediators": (leave(),) * 2}


UNIT = {"kind": "company"}

# What a form asks for beyond what no paper can do without, and how many lines it leaves.
ASKED: dict[type[f.Facts], Callable[[], dict[str, Any]]] = {
    f.ApplicationForm: lambda: {"summary": leave(lines=11), "claims": (leave(120),) * 3},
    f.AcceptanceRegister: lambda: {"summary": leave(lines=10), "proactive": None, "source": "", "dispute_title": ""},
    f.AcceptanceNotice: lambda: {
        "addressee": leave(80), "applied_on": leave(), "source": leave(25), "session_at": leave(),
    },
    f.RejectionNotice: lambda: {
        "addressee": leave(80), "applied_on": leave(), "ground": leave(130), "explanation": leave(lines=3),
        "routes": (leave(125),) * 3,
    },
    f.InvestigationRecord: lambda: {
        "asked": make_party(""), "participants": (f.InvitedFacts(name=leave(60)),), "record": leave(lines=24),
        "ended_at": leave(),
    },
    f.EvidenceList: lambda: {"items": make_rows(f.MaterialFacts, 12, name="")},
    f.SessionNotice: lambda: {
        "addressee": leave(80), "session_no": leave(10), "place": leave(90), "bring": (leave(90),),
    },
    f.SessionRecord: lambda: {
        "session_no": leave(12), "closed": None, "invited": (f.InvitedFacts(name=leave(60)),), "ended_at": leave(),
        "record": leave(lines=26), "outcome": leave(100), "outcome_text": leave(lines=4), "mediators": (leave(30),) * 2,
    },
    f.WhistleOrder: lambda: {"matter": leave(lines=7), "caller": leave(), "caller_phone": leave()},
    f.WhistleReceipt: lambda: {"result": leave(lines=8)},
    f.EscalationForm: lambda: {
        "summary": leave(lines=3), "claims": leave(110), "accepted_on": leave(), "ground": leave(120),
        "attempts": tuple(f.AttemptFacts(no=no) for no in (1, 2, 3)), "receiver": f.CommitteeFacts(name=leave(70)),
        "materials": make_rows(f.MaterialFacts, 3, name=""), "receive_by": leave(),
    },
    f.Agreement: lambda: leave_clauses(4) | {"disputed": leave(110)},
    f.OralAgreement: lambda: leave_clauses(3) | {"disputed": leave(110)},
    f.FollowUpRecord: lambda: {
        "agreement_number": "", "dispute_title": "", "performance": leave(lines=2), "satisfaction": leave(100),
        "litigation": leave(100), "hidden_risks": leave(100), "measures": leave(100),
        "visitors": (leave(),) * 2,
    },
    f.TerminationNotice: lambda: {"ground": leave(130), "reason": leave(lines=2)},
    f.PerformanceCertificate: lambda: {
        "payments": make_rows(f.PaymentFacts, 4, clause_no=leave(4), what=""), "mediators": (leave(),) * 2,
        "agreement_number": leave(50),
    },
    f.ConfirmationApplication: lambda: leave_clauses(4) | {"last_day": leave(), "agreement_number": leave(50)},
    f.ConfirmationUndertaking: lambda: {"agreement_number": leave(50)},
    f.MediationCertificate: lambda: {"agreement_number": leave(50), "accepted_on": leave(), "effective_on": leave()},
    f.PowerOfAttorney: lambda: {
        "parties": (make_party("委托人"),), "matter": leave(70), "agents": (f.AgentFacts(name=leave(30)),),
    },
    f.RepresentativeIdentity: lambda: {"parties": (make_party("", **UNIT),), "representative": leave(30)},
    f.DeliveryAddress: lambda: {
        "parties": (make_party("受送达人"),), "addressee": "", "cause": "申请司法确认调解协议",
    },
    f.MaterialList: lambda: {"items": make_rows(f.MaterialFacts, 10, name="")},
    f.Dossier: lambda: {"year": leave(20), "volume_title": leave(90), "volume_no": leave(60), "dispute_type": ""},
}  # fmt: skip


@cache
def open_blank_templates() -> Environment:
    """The environment of the papers, whose filters let a gap pass and know the shape of a date or a sum."""
    environment = sheets.open_templates().overlay()
    year, part = rule(14), rule(8)
    day = Gap(f"{year}年{part}月{part}日")
    moment = Gap(f"{day}{part}时{part}分")
    money = Gap(f"{rule(28)}元（人民币{rule(50)}）")
    who = rule(35)
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
        "terms": lambda clause: Gap(
            f"履行义务人：{who}；权利人：{who}；金额：{money}；履行期限：{day}前（含当日）；履行方式：{who}"
        ),
    }
    return environment


def or_shape(write: Callable[[Any], str], shape: Gap) -> Callable[[Any], str]:
    """The filter, printing ``shape`` for a gap."""
    return lambda value: shape if isinstance(value, Gap) or value is None else write(value)


def join_gaps(names: Iterable[str], limit: int = 0) -> Gap:
    """``____、____``; what is no gap is text."""
    return Gap("、".join(name if isinstance(name, Gap) else escape(name) for name in names))
