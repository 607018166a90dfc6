"""The doors for people: each translates a request, asks a service, and alone commits."""

from mediation.routes import (
    agreement,
    agreement_check,
    agreement_terms,
    cases,
    dossier,
    drafts,
    files,
    filing,
    home,
    login,
    papers,
    rating,
    readiness,
    steps,
    todo,
    track,
)

BLUEPRINTS = (
    home.blueprint,
    login.blueprint,
    todo.blueprint,
    cases.blueprint,
    filing.blueprint,
    steps.blueprint,
    drafts.blueprint,
    papers.blueprint,
    readiness.blueprint,
    dossier.blueprint,
    files.blueprint,
    agreement.blueprint,
    track.blueprint,
    rating.blueprint,
)
