"""Where the data lie and how the database is reached, from the environment."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.errors import Invalid
from engine.store.database import Database


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of the engine; a default is right in production and fit to publish."""

    var: Path
    database_url: str
    audit_key: str | None  # hexadecimal; without it, a key made once and kept in `var`

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """Read FRONTDOOR_VAR, FRONTDOOR_DATABASE_URL and FRONTDOOR_AUDIT_KEY."""
        var = Path(environ.get("FRONTDOOR_VAR", "var"))
        return cls(
            var=var,
            database_url=environ.get(
                "FRONTDOOR_DATABASE_URL", f"sqlite:///{var / 'frontdoor.sqlite3'}"
            ),
            audit_key=environ.get("FRONTDOOR_AUDIT_KEY"),
        )

    def prepare(self) -> None:
        """Make the folder of the data; only its owner looks into it."""
        self.var.mkdir(mode=0o700, parents=True, exist_ok=True)

    def open(self) -> Database:
        """Open the database that the settings name."""
        return Database(self.database_url, audit_key=self._key())

    def _key(self) -> bytes:
        if self.audit_key is None:
            return bytes.fromhex(kept_secret(self.var / "audit_key"))
        try:
            key = bytes.fromhex(self.audit_key)
        except ValueError:
            raise Invalid("FRONTDOOR_AUDIT_KEY must be written in hexadecimal digits") from None
        if len(key) < 32:  # noqa: PLR2004 - a key as long as what it seals
            raise Invalid("FRONTDOOR_AUDIT_KEY must have at least 64 hexadecimal digits")
        return key


def kept_secret(path: Path, *, make: Callable[[], str] = secrets.token_hex) -> str:
    """Give the secret kept in the file; made once, readable by its owner only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    secret = make()
    with os.fdopen(handle, "w") as file:
        file.write(secret + "\n")
    return secret
