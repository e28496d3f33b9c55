"""The engine against an independent interpreter on random processes."""

import os

import pytest

from engine.execution import Execution
from tests.engine.execution.drawing import START, FixedClocks
from tests.engine.execution.walks import Walk

WALKS = int(os.environ.get("FRONTDOOR_WALKS", "150"))


@pytest.mark.parametrize("seed", range(WALKS))
def test_engine_and_interpreter_agree_at_every_step(seed):
    walk = Walk(seed)

    assert walk.go() is None


def test_two_process_instances_share_a_program_and_nothing_else():
    walk, alone = Walk(3), Walk(3)
    other = Execution.start(walk.program, "main", {}, now=START, clocks=FixedClocks())
    untouched = other.dump()

    assert walk.go() is None
    assert alone.go() is None

    assert other.dump() == untouched
    assert walk.execution.dump() == alone.execution.dump()
