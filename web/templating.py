"""Where templates come from: our own, and the GOV.UK macros under their own name."""

from pathlib import Path

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

STATIC = Path(__file__).parent / "static"


def init_app(app: Flask) -> None:
    """Let templates import `govuk_frontend_jinja/…`; blueprints bring their own folders."""
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    own = app.jinja_loader
    app.jinja_loader = ChoiceLoader([own, macros] if own else [macros])
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: {"has_assets": has_assets()})


def has_assets() -> bool:
    """Whether the style sheet has been built."""
    return (STATIC / "css" / "frontdoor.css").is_file()
