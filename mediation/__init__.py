"""The mediation system: a Flask application for villages, towns, counties and their court."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from mediation import access, errors, guard, language
from mediation.assets import register_assets
from mediation.clock import tell_time
from mediation.commands import register as register_commands
from mediation.config import Settings, read_settings
from mediation.database import db, prepare_engine
from mediation.extensions import csrf
from mediation.frame import register_frame, show_printable
from mediation.keys import KeyRing, load_keys
from mediation.routes import BLUEPRINTS
from mediation.routes.records import keep_records


class DeskApp(access.GuardedFlask):
    """Our Flask: a name that a template was not given is an error, never an empty space."""

    jinja_options = {  # noqa: RUF012 - read once by Flask
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "finalize": show_printable,
    }


def create_app(settings: Settings | None = None) -> Flask:
    """The application, ready to serve or to run commands."""
    found = settings or read_settings()
    found.instance.mkdir(parents=True, exist_ok=True)
    keys = load_keys(found.instance)
    app = DeskApp(__name__, template_folder="../templates", instance_path=str(found.instance))
    app.config.update(_configuration(found, keys))
    app.extensions["mediation.settings"] = found
    app.extensions["mediation.keys"] = keys
    app.extensions["mediation.clock"] = tell_time
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine, keys)
    register_assets(app)
    if found.proxies:
        # Believed for the visitor's address only: the site's names stay those of MEDIATION_HOSTS.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=found.proxies, x_proto=found.proxies, x_host=0)  # type: ignore[method-assign]
    _set_up_requests(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    access.check_openings(app)
    register_commands(app)
    return app


def _set_up_requests(app: Flask) -> None:
    # In this order: junk is turned away, the person is known, and only then is the form's token asked for, so that
    # somebody whose login has run out is told that, and keeps what was typed.
    app.before_request(guard.refuse_junk)
    app.before_request(access.identify)
    csrf.init_app(app)
    app.after_request(guard.set_headers)
    app.after_request(keep_records)
    language.register_language(app)
    register_frame(app)
    errors.register_errors(app)


def _configuration(settings: Settings, keys: KeyRing) -> dict[str, object]:
    options: dict[str, object] = {
        "hide_parameters": True
    }  # a statement in a log never carries a person's data
    if not settings.is_sqlite:
        options["pool_pre_ping"] = True
    return {
        "SECRET_KEY": keys.derive("cookies").hex(),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": options,
        "SESSION_COOKIE_NAME": "__Host-mediation" if settings.https else "mediation",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.https,
        "MAX_CONTENT_LENGTH": guard.LARGEST_FORM,
        "MAX_FORM_MEMORY_SIZE": guard.LARGEST_FORM,
        "MAX_FORM_PARTS": guard.MOST_FIELDS,
        "TRUSTED_HOSTS": list(settings.hosts) or None,
        "WTF_CSRF_TIME_LIMIT": int(timedelta(hours=8).total_seconds()),
        "WTF_CSRF_SSL_STRICT": False,  # it wants a Referer, and ours is never sent
        "SEND_FILE_MAX_AGE_DEFAULT": 3600,
    }
