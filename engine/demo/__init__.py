"""A service to try things on: every authority deployed, invented people, invented cases."""

from engine.demo.seed import Seeded, seed

__all__ = ["Seeded", "seed"]
