"""The doors for people: each translates a request, asks a service, and alone commits."""

from mediation.routes import (
    cases,
    dossier,
    drafts,
    files,
    filing,
    home,
    login,
    papers,
    readiness,
    steps,
    todo,
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
)
