"""The doors for people: each translates a request, asks a service, and alone commits."""

from mediation.routes import registering  # noqa: F401, I001 - its doors hang on the blueprint of filing

from mediation.routes import (
    agreement,
    agreement_check,
    agreement_terms,
    apply,
    calls,
    cases,
    claimants,
    closing,
    dossier,
    drafts,
    files,
    filing,
    guide,
    handing,
    home,
    login,
    meetings,
    papers,
    phrases,
    rating,
    readiness,
    sessions,
    signing,
    steps,
    todo,
    track,
    whistles,
)

BLUEPRINTS = (
    home.blueprint,
    login.blueprint,
    todo.blueprint,
    cases.blueprint,
    filing.blueprint,
    steps.blueprint,
    signing.blueprint,
    closing.blueprint,
    handing.blueprint,
    sessions.blueprint,
    meetings.blueprint,
    drafts.blueprint,
    papers.blueprint,
    phrases.blueprint,
    readiness.blueprint,
    dossier.blueprint,
    files.blueprint,
    agreement.blueprint,
    track.blueprint,
    apply.blueprint,
    guide.blueprint,
    rating.blueprint,
    whistles.blueprint,
    calls.blueprint,
    claimants.blueprint,
)

#: Rooms that enter their pages into a blueprint of another file.
ALSO = (agreement_check, agreement_terms)
