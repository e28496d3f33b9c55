"""Settings from the environment."""

from pathlib import Path

import pytest

from engine.errors import Invalid
from web.config import Config


def test_a_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    environ = {"FRONTDOOR_VAR": str(tmp_path / "var")}

    first, second = Config.from_env(environ), Config.from_env(environ)

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert not first.https


@pytest.mark.parametrize(
    "wrong", [{"FRONTDOOR_SECRET_KEY": "short"}, {"FRONTDOOR_HTTPS": "perhaps"}]
)
def test_a_wrong_setting_is_named(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid, match=next(iter(wrong))):
        Config.from_env({"FRONTDOOR_VAR": str(tmp_path / "var"), **wrong})
