"""The settings of the web application, from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from engine.errors import Invalid
from engine.store.settings import Settings, kept_secret

_SHORTEST_SECRET = 32


@dataclass(frozen=True, kw_only=True)
class Config:
    """What `create_app` reads; a default is right in production and fit to publish."""

    engine: Settings
    secret_key: str
    https: bool = False  # behind a proxy that speaks HTTPS: secure cookies, HSTS, forwarded address

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """Read FRONTDOOR_SECRET_KEY and FRONTDOOR_HTTPS, and the engine's settings."""
        environ = os.environ if environ is None else environ
        engine = Settings.from_env(environ)
        secret = environ.get("FRONTDOOR_SECRET_KEY") or kept_secret(engine.var / "secret_key")
        if len(secret) < _SHORTEST_SECRET:
            raise Invalid(f"FRONTDOOR_SECRET_KEY must have at least {_SHORTEST_SECRET} characters")
        return cls(engine=engine, secret_key=secret, https=_switch(environ, "FRONTDOOR_HTTPS"))


def _switch(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "0")
    if value not in ("0", "1"):
        raise Invalid(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"
