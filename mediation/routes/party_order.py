"""写协议, section ①: one party up or down, as the papers will name them."""

from __future__ import annotations

from flask import redirect, request, url_for

from mediation.access import COMMITTEE, opens_to
from mediation.language import spoken
from mediation.routes.agreement import blueprint
from mediation.routes.forms import answered_before
from mediation.routes.step_door import Answer, stand_before, try_step


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
    page = url_for("agreement.parties", number=number)
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
