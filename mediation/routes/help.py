"""帮助·隐私·无障碍: the questions people ask, folded, with the number to call."""

from __future__ import annotations

from flask import Blueprint, render_template

from mediation.access import opens_to_all
from mediation.language import spoken

blueprint = Blueprint("help", __name__)
#: The parts of the page and the questions in each, in order; their words stand in [help_question] and [help_answer].
PARTS = {
    "matter": ("fee", "forced", "time", "worth", "failed", "unhappy"),
    "using": ("code_lost", "no_phone", "helper", "genuine"),
    "privacy": ("who_sees", "other_side", "kept", "rights"),
    "access": ("text_size", "keyboard", "aloud"),
}


@blueprint.get("/help")
@opens_to_all
def show() -> str:
    """Everything on one page, so that it can be searched and printed."""
    questions, answers = spoken("help_question"), spoken("help_answer")
    parts = [
        (spoken("help_part")[part], [(code, questions[code], answers[code]) for code in codes])
        for part, codes in PARTS.items()
    ]
    return render_template("help/show.html", parts=parts)
