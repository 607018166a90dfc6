"""写协议: its draft, who may write it, and section ③; what is typed in the three short sections is kept."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from documents import DocumentError
from mediation.access import COMMITTEE, asking, desk, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.language import spoken, word
from mediation.models import Case, User
from mediation.rendering import count_pages, shelf_of
from mediation.routes.forms import (
    only_redraw,
    redraws,
)
from mediation.routes.records import note
from mediation.routes.step_door import (
    Answer,
    Here,
    give_desk_words,
    stand_before,
    step_of,
    why_not,
)
from mediation.routes.transactions import writing
from mediation.services import drafts
from mediation.services.agreement_draft import Draft, begin, count_copies, is_signed
from mediation.services.scans import paper_of
from mediation.services.steps import workflow_of
from mediation.submissions import forget_draft
from mediation.views.agreement_check import say_made
from mediation.views.done import offer_printer
from mediation.views.reviews import show_review
from mediation.views.step_pages import page_of

blueprint = Blueprint("agreement", __name__)
blueprint.context_processor(give_desk_words)
FORM = "agreement"


def load(case: Case, user: User) -> Draft:
    """The draft as it was left, or a new one; what an older page left out stands as it begins."""
    found = drafts.fetch(desk(), user, FORM, case)
    first = begin(case)
    return {**first, **found} if isinstance(found, dict) else first


def save(number: str, draft: Draft, *, whole: bool = False) -> None:
    """Keep the draft for its author; no case changes.

    whole: nothing is lacking in the section that was sent, and what its page kept of it is not needed any more.
    """
    with writing() as desk_:
        user = asking()
        case = find_case(number, user, desk_.now)
        address = url_for("agreement.terms", number=case.public_number)
        title = str(spoken("desk")["agreement_draft"]).format(title=case.title)
        drafts.keep(desk_, user, FORM, draft, case=case, address=address, title=title)
        if whole:
            forget_draft(desk_, user)
        db.session.commit()


def where_next(number: str, after: str) -> Response:
    """On to the next section, or back to the check page where one came from there."""
    back = request.values.get("back") == "check"
    return redirect(url_for("agreement.check" if back else after, number=number), 303)


def stand(number: str) -> Here | tuple[str, int] | str:
    """The person before the agreement; or why it cannot be written now; or the question whether to write it anew."""
    here = stand_before(number, "agree")
    if here.reasons:
        return here.refuse()
    if is_signed(here.case) and not load(here.case, here.user)["again"]:
        return _ask_again(here)
    return here


def _ask_again(here: Here) -> str:
    agreement = here.case.agreement
    signed = [row.name for row in agreement.live_signatures] if agreement else []
    note("view", here.case.id, "agreement anew")
    return render_template("agreement/again.html", case=here.head, signed=signed)


@blueprint.post("/cases/<number>/agreement/again", endpoint="again")
@opens_to(*COMMITTEE)
def write_again(number: str) -> Answer:
    """Yes, a new version: all signatures will be void once it is made; until then nothing changes."""
    here = stand_before(number, "agree")
    if here.reasons:
        return here.refuse()
    save(number, {**load(here.case, here.user), "again": True})
    return redirect(url_for("agreement.terms", number=number), 303)


@blueprint.get("/cases/<number>/agreement/other")
@opens_to(*COMMITTEE)
def other(number: str) -> Answer:
    """③ Written or oral, the court, how many originals."""
    here = stand(number)
    return _other_page(here, load(here.case, here.user), {}) if isinstance(here, Here) else here


def _other_page(here: Here, draft: Draft, errors: dict[str, str]) -> str:
    case = here.case
    note("view", case.id, "agreement other")
    rules = workflow_of(case).rules
    choice = draft["court_choice"]
    return render_template(
        "agreement/other.html",
        case=here.head,
        draft=draft,
        forms=[(code, word("form", code)) for code in ("written", "oral")],
        must_write=case.dispute_type in rules.get("written_required", ()),
        choices=[(code, word("court_choice", code)) for code in ("yes", "no", "later")],
        copies=draft["copies"] or count_copies(case, choice),
        least=count_copies(case, "no"),
        by_choice={code: count_copies(case, code) for code in ("yes", "no", "later")},
        on_screen=bool(rules.get("electronic_signing")),
        errors=errors,
        summary=list(errors.items()),
        back=request.values.get("back", ""),
    )


@blueprint.post("/cases/<number>/agreement/other", endpoint="other_save")
@opens_to(*COMMITTEE)
@redraws
def save_other(number: str) -> Answer:
    """Keep section ③ and go on to the check page."""
    here = stand(number)
    if not isinstance(here, Here):
        return here
    draft = load(here.case, here.user)
    errors = _read_other(draft, here.case)
    if only_redraw():
        return _other_page(here, draft, {})
    if errors:
        return _other_page(here, draft, errors), 422
    save(number, draft, whole=True)
    return redirect(url_for("agreement.check", number=number), 303)


def _read_other(draft: Draft, case: Case) -> dict[str, str]:
    page, errors = spoken("desk"), {}
    form, choice = request.form.get("form", ""), request.form.get("court_choice", "")
    must_write = case.dispute_type in workflow_of(case).rules.get("written_required", ())
    draft["form"] = form if form in ("written", "oral") else ""
    draft["court_choice"] = choice if choice in ("yes", "no", "later") else ""
    if not draft["form"]:
        errors["form"] = str(page["choose_form"])
    elif must_write and draft["form"] == "oral":
        errors["form"] = str(page["must_write"])
    if not draft["court_choice"]:
        errors["court_choice"] = str(page["choose_court"])
    computed = count_copies(case, choice)
    typed = request.form.get("copies", "").strip()
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else computed
    # A number that was computed for another answer about the court is computed anew.
    stale = {count_copies(case, code) for code in ("yes", "no")} - {computed}
    draft["copies"] = None if wanted == computed or wanted in stale else wanted
    if not count_copies(case, "no") <= wanted <= 99:
        errors["copies"] = str(page["too_few_copies"]).format(least=count_copies(case, "no"))
    return errors


@blueprint.get("/cases/<number>/agreement/done")
@opens_to(*COMMITTEE)
def done(number: str) -> Answer:
    """The agreement is made: print it, or go and sign."""
    user, at = asking(), now()
    pages = _count_pages(find_case(number, user, at))
    case = find_case(number, user, at)
    agreement = case.agreement
    if agreement is None:
        return redirect(url_for("agreement.parties", number=number), 303)
    paper = paper_of(agreement)
    copies = agreement.copies or count_copies(case, agreement.court_choice)
    note("view", case.id, "agreement done")
    return render_template(
        "agreement/done.html",
        case={"number": case.public_number, "title": case.title, "version": case.version},
        review=show_review(case, not why_not(case, step_of(case, "ask_review"), user, at)),
        s=spoken("sign"),
        title=say_made(agreement.form, pages, copies),
        agreement_number=agreement.number,
        version=agreement.version,
        written=agreement.form == "written",
        sign_url=page_of(case, "sign"),
        paper=paper.number if paper else None,
        copies=copies,
        **offer_printer(case, user, at, [paper.number] if paper else ()),
    )


def _count_pages(case: Case) -> int:
    """The pages of the paper, 0 where it has none or cannot be drawn; ends the transaction."""
    paper = paper_of(case.agreement) if case.agreement else None
    try:
        shelf = shelf_of(current_app.extensions["mediation.settings"])
        return count_pages(db.session(), shelf, paper) if paper else 0
    except DocumentError:
        return 0
