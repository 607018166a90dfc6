"""Facts to HTML: the Jinja environment of the papers, strict and escaped."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape

from . import figures, plain, wording
from .facts import Facts
from .kinds import Kind

FOLDER = Path(str(files("templates"))) / "documents"


def write_html(
    kind: Kind,
    facts: Facts,
    *,
    watermark: str = "",
    seam: bool = False,
    reading: bool = False,
    tight: bool = False,
) -> str:
    """The paper as HTML, ``reading`` in large print, ``tight`` where it is to fit on one page.

    Raises ``jinja2.UndefinedError`` where a template asks for what facts lack.
    """
    template = open_templates().get_template(kind.template)
    return template.render(
        facts=facts,
        kind=kind,
        copies=kind.copies(facts),
        watermark=watermark,
        seam=seam,
        reading=reading,
        tight=tight,
    )


def read_style() -> str:
    """The style sheet that all papers share; font slots are still names in it."""
    return (FOLDER / "print.css").read_text(encoding="utf-8")


@cache
def open_templates() -> Environment:
    """The environment; templates see facts and these filters, nothing else."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=wording.hold_amounts,
    )
    environment.filters |= {
        "money": figures.format_money,
        "capitals": figures.spell_money,
        "both": figures.write_money,
        "day": figures.write_date,
        "moment": figures.write_time,
        "number": figures.write_number,
        "ordinal": figures.write_ordinal,
        "copies": figures.write_copies,
        "total": figures.add_up,
        "lines": wording.split_lines,
        "names": wording.join_names,
        "cites": wording.join_citations,
        "plain": escape,
        "describe": wording.describe_party,
        "terms": wording.describe_terms,
        "plainly": plain.tell_plainly,
        "tells_terms": wording.tells_terms,
        "figure_width": wording.measure_figures,
        "sides": wording.group_by_role,
        "side_names": wording.name_side,
        "attending": wording.list_attending,
        "signers": wording.list_signers,
    }
    environment.globals["blank_form"] = False
    return environment
