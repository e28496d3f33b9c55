"""What a decision was told, as words that people read."""

from typing import Any

from engine.definitions.model import AuthorityDefinition
from engine.dmn.explain.results import column_in_words, in_words, is_code


def known_in_words(definition: AuthorityDefinition, name: str, value: Any) -> str:
    """Give what a table was told under a name, which may be what another table came to."""
    model = definition.decisions.get(name) if is_code(value) else None
    decision = model.decisions.get(name) if model else None
    if decision is None or decision.table is None or decision.table.aggregation:
        return in_words(value)
    return column_in_words(decision.table, 0, value)
