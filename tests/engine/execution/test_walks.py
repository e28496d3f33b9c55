"""The engine against an independent interpreter on random processes."""

import os

import pytest

from tests.engine.execution.walks import Walk

WALKS = int(os.environ.get("FRONTDOOR_WALKS", "150"))


@pytest.mark.parametrize("seed", range(WALKS))
def test_engine_and_interpreter_agree_at_every_step(seed):
    walk = Walk(seed)

    assert walk.go() is None
