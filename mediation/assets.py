"""Style sheets, scripts and the kit: served from this machine, compressed, and kept by the browser for a year."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for
from flask_bootstrap import Bootstrap5
from flask_compress import Compress
from flask_compress.flask_compress import DictCache

STATIC = frozenset({"static", "bootstrap.static"})
KIT = "kit/"
A_YEAR = 366 * 24 * 3600
compress = Compress()


def is_static(endpoint: str | None) -> bool:
    """Whether an endpoint hands out files that are the same for everybody."""
    return endpoint in STATIC


def register_assets(app: Flask) -> None:
    """Serve the kit from its package, give templates `asset`, compress what is static.

    Pages are not compressed: one that repeats what was typed beside a form's token would tell it by its length
    (BREACH).
    """
    app.config.update(
        BOOTSTRAP_SERVE_LOCAL=True,
        COMPRESS_REGISTER=False,
        COMPRESS_STREAMS=False,
        COMPRESS_CACHE_BACKEND=DictCache,
        COMPRESS_CACHE_KEY=lambda found: found.path,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=9,
        COMPRESS_LEVEL=9,
        COMPRESS_MIMETYPES=["text/css", "text/javascript", "application/javascript", "image/svg+xml"],
    )
    Bootstrap5(app)
    compress.init_app(app)
    app.jinja_env.globals["asset"] = asset
    app.after_request(_pack)


def asset(name: str) -> str:
    """The address of a static file, with the hash of its contents; `kit/…` is the kit's own."""
    if name.startswith(KIT):
        endpoint, filename = "bootstrap.static", name.removeprefix(KIT)
    else:
        endpoint, filename = "static", name
    return url_for(endpoint, filename=filename, v=_hash_of(str(_folder(endpoint) / filename)))


def _folder(endpoint: str) -> Path:
    blueprint = current_app.blueprints.get(endpoint.rpartition(".")[0])
    folder = blueprint.static_folder if blueprint is not None else current_app.static_folder
    return Path(str(folder))


@cache
def _hash_of(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]


def _pack(response: Response) -> Response:
    if not is_static(request.endpoint) or response.status_code != 200:
        return response
    if "v" in request.args:  # the address changes with the file
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response.direct_passthrough = False
    response.make_sequence()  # whole, so that it is compressed once and kept
    packed: Response = compress.after_request(response)
    return packed
