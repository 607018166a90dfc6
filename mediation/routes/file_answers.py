"""A file as an answer: shown or taken away, under its Chinese name or, where no such is known, a plain one."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

PDF = "application/pdf"


def name_file(plain: str, name: str = "", *, attached: bool = False) -> str:
    """What the header says of a file's name.

    plain: in Latin letters, for browsers that know no other; name: the real one, where it differs.
    """
    said = f'{"attachment" if attached else "inline"}; filename="{plain}"'
    return f"{said}; filename*=UTF-8''{quote(name, safe='')}" if name else said


def answer_with(
    content: bytes, plain: str, name: str = "", *, kind: str = PDF, attached: bool = False
) -> Response:
    """The content as a file of this kind."""
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = name_file(plain, name, attached=attached)
    return response
