"""当事人次序: one party up or down, as the papers will name them; in section ① of 写协议, or on a page of its own."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for

from mediation.access import COMMITTEE, opens_to
from mediation.language import spoken
from mediation.routes.agreement import blueprint
from mediation.routes.forms import answered_before
from mediation.routes.records import note
from mediation.routes.step_door import Answer, stand_before, try_step
from mediation.views.agreement_parties import list_order


@blueprint.get("/cases/<number>/agreement/order")
@opens_to(*COMMITTEE)
def show_order(number: str) -> Answer:
    """The order, where no agreement is being written yet."""
    here = stand_before(number, "order_parties")
    if here.reasons:
        return here.refuse()
    note("view", here.case.id, "form order_parties")
    return render_template(
        "agreement/order.html", case=here.head, order=list_order(here.case), s=spoken("sign")
    )


@blueprint.post("/cases/<number>/agreement/order")
@opens_to(*COMMITTEE)
def order(number: str) -> Answer:
    """Take the step `order_parties` with one party moved by one place."""
    if before := answered_before():
        return before
    here = stand_before(number, "order_parties")
    if here.reasons:
        return here.refuse()
    refs = [party.ref for party in here.case.parties]
    ref, by = request.form.get("party", ""), -1 if request.form.get("way") == "up" else 1
    own_page = request.form.get("back") == "order"
    page = url_for("agreement.show_order" if own_page else "agreement.parties", number=number)
    if ref not in refs or not 0 <= refs.index(ref) + by < len(refs):
        return redirect(page, 303)
    place = refs.index(ref)
    refs[place], refs[place + by] = refs[place + by], refs[place]
    outcome = try_step(
        number,
        "order_parties",
        {"parties": refs},
        leads_to=lambda case: page,
        said=str(spoken("sign")["order_kept"]),
    )
    return outcome.answer or redirect(page, 303)
