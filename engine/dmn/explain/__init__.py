"""Why a table decides as it does: which rules take its inputs, where the others fail."""

from engine.dmn.explain.judgement import Judgement, Miss, explain, judge
from engine.dmn.explain.words import Said, said

__all__ = ["Judgement", "Miss", "Said", "explain", "judge", "said"]
