"""先问问: asks no name, keeps nothing; the answers travel in the form and go along to the application."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from mediation.access import opens_to_all
from mediation.language import spoken
from mediation.views import guide

blueprint = Blueprint("guide", __name__)


@blueprint.get("/guide")
@opens_to_all
def begin() -> str:
    """The first question."""
    return _ask({}, "")


@blueprint.post("/guide")
@opens_to_all
def answer() -> str | tuple[str, int]:
    """The next question, or what follows from all answers."""
    if request.form.get("again"):
        return _ask({}, "")
    answers = guide.read(request.form)
    if back := request.form.get("back", ""):
        kept = guide.QUESTIONS[: guide.QUESTIONS.index(back)] if back in guide.QUESTIONS else ()
        return _ask({key: value for key, value in answers.items() if key in kept}, "")
    if len(answers) == len(guide.QUESTIONS):
        advice = guide.advise(answers)
        return render_template(
            "guide/result.html",
            advice=advice,
            carried=guide.carried(answers),
            say=list(spoken("guide_say").values()),
        )
    asked = request.form.get("asked", "")
    if asked in guide.QUESTIONS and asked not in answers:
        return _ask(answers, str(spoken("page")["guide_choose"])), 422
    return _ask(answers, "")


def _ask(answers: dict[str, str], fault: str) -> str:
    question = guide.QUESTIONS[len(answers)]
    return render_template(
        "guide/question.html",
        question=question,
        title=spoken("guide_question")[question],
        choices=guide.choices_of(question, answers),
        answers=list(answers.items()),
        place=len(answers) + 1,
        count=len(guide.QUESTIONS),
        before=guide.QUESTIONS[len(answers) - 1] if answers else "",
        shielded=answers.get("danger") in ("home", "child"),
        summary=[("answer", fault)] if fault else [],
    )
