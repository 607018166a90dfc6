"""Which language the interface speaks to this person: Chinese, or English by choice; papers stay Chinese."""

from __future__ import annotations

from typing import Any

from flask import Flask, request

from mediation.words import words

LANGUAGES = {"zh": "zh-CN", "en": "en"}
COOKIE = "language"


def language() -> str:
    """`zh` or `en`: a cookie of its own, so that the choice survives logging in and out."""
    chosen = request.cookies.get(COOKIE, "zh")
    return chosen if chosen in LANGUAGES else "zh"


def spoken(vocabulary: str) -> dict[str, Any]:
    """The words of one vocabulary in the person's language."""
    found: dict[str, Any] = words(language())[vocabulary]
    return found


def word(vocabulary: str, code: str | None) -> str:
    """The word for a code in the person's language; empty for no code."""
    return str(spoken(vocabulary)[code]) if code else ""


def register_language(app: Flask) -> None:
    """Give every template its words: `w` for the page's own texts, `lang` for <html lang>."""

    @app.context_processor
    def give_words() -> dict[str, Any]:
        return {"w": spoken("page"), "lang": LANGUAGES[language()], "language": language()}
