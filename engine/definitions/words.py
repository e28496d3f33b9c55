"""Which words may name a variable: a form field's key, a result, what a text of a form shows."""

import re

VARIABLE = re.compile(r"[a-z][a-z0-9_]{0,63}")
PLACEHOLDER = re.compile(rf"\{{\{{\s*({VARIABLE.pattern})\s*\}}\}}")  # {{limit}} in a form's texts

_FEEL_WORDS = """
    and between else every external false for function if in instance item not null of or partial
    return satisfies some then true
    abs after all any append before ceiling coincides concatenate contains context count date day
    decimal distinct during even exp finishes flatten floor includes intersects is list log lower
    matches max mean median meets met min mode modulo month now number odd overlaps product range
    remove replace reverse round sort split sqrt starts stddev string sublist substring sum time
    today union upper week year years duration
"""
_ENGINE_WORDS = "case_id deadline typename"
RESERVED = frozenset(_FEEL_WORDS.split()) | frozenset(_ENGINE_WORDS.split())


def problem_with(name: str) -> str | None:
    """Why the name cannot be a variable, as the end of a sentence; None if it can."""
    if name in RESERVED:
        return f"is {name!r}, a word that is already taken"
    if not VARIABLE.fullmatch(name):
        shown = name[:64]
        return f"is {shown!r}; write small letters, digits and _, a letter first, at most 64"
    return None
