"""The web application: pages for people, an API for programs, on top of the engine."""

import logging

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from web import auth, database, errors, filters, health, ids, security, templating
from web.api import bp as api
from web.board import bp as board
from web.cases import bp as cases
from web.compare import bp as compare
from web.config import Config
from web.help import bp as help_pages
from web.intake import bp as intake
from web.letters import bp as letters
from web.models import bp as models
from web.parallel import bp as parallel
from web.referrers import bp as referrers
from web.sign_in import bp as sign_in
from web.tasks import bp as tasks
from web.worklist import bp as worklist

BLUEPRINTS = (
    sign_in,
    worklist,
    tasks,
    cases,
    intake,
    letters,
    board,
    models,
    compare,
    parallel,
    referrers,
    help_pages,
    api,
)

MOST_BYTES = 2_000_000

_log = logging.getLogger(__name__)


def create_app(config: Config | None = None) -> Flask:
    """Make the application; its settings come from the environment unless they are given."""
    config = config or Config.from_env()
    app = Flask(__name__)
    ids.init_app(app)
    app.config.update(_flask_settings(config))
    if config.https:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    database.init_app(app, config.engine.open())
    templating.init_app(app)
    filters.init_app(app)
    errors.init_app(app)
    auth.init_app(app)
    security.init_app(app, https=config.https)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    security.csrf.exempt(api)
    health.init_app(app)
    if not templating.has_assets():
        _log.warning("Style sheets and scripts are missing: run make setup")
    return app


def _flask_settings(config: Config) -> dict[str, object]:
    return {
        "SECRET_KEY": config.secret_key,
        "MAX_CONTENT_LENGTH": MOST_BYTES,
        "MAX_FORM_MEMORY_SIZE": MOST_BYTES,
        "SESSION_COOKIE_NAME": "__Host-frontdoor" if config.https else "frontdoor",
        "SESSION_COOKIE_SECURE": config.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session that it belongs to
        "WTF_CSRF_SSL_STRICT": False,  # asks for a referrer, which our pages never send
    }
