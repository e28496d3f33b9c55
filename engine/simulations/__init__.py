"""Many referrals played for somebody, and a real case as a referral without its names."""

from engine.simulations.of_case import referral_of_case
from engine.simulations.rows import (
    OneAtATime,
    SimulationLine,
    State,
    advance,
    cancel,
    fail,
    finish,
    own,
    read,
    start,
)

__all__ = [
    "OneAtATime",
    "SimulationLine",
    "State",
    "advance",
    "cancel",
    "fail",
    "finish",
    "own",
    "read",
    "referral_of_case",
    "start",
]
