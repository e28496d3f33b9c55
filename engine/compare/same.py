"""Whether forms or decisions of two ids say the same: ids of files are no difference."""

from engine.compare.difference import Pair, sides
from engine.compare.forms import form_differences
from engine.compare.tables import decision_differences
from engine.definitions import AuthorityDefinition

Definitions = tuple[AuthorityDefinition, AuthorityDefinition]


def same_form(definitions: Definitions, ids: tuple[str, str]) -> bool:
    """Whether two forms ask the same."""
    found = [definition.forms.get(key) for definition, key in zip(definitions, ids, strict=True)]
    a, b = found
    if a is None or b is None:
        return False
    return ids[0] == ids[1] or not any(form_differences(_pair(definitions), a, b))


def same_decision(definitions: Definitions, ids: tuple[str, str]) -> bool:
    """Whether two decisions decide by the same table."""
    models = [d.decisions.get(key) for d, key in zip(definitions, ids, strict=True)]
    a, b = (m.decisions[key] if m else None for m, key in zip(models, ids, strict=True))
    if a is None or b is None:
        return False
    return ids[0] == ids[1] or not any(decision_differences(_pair(definitions), a, b))


def _pair(definitions: Definitions) -> Pair:
    a, b = sides({"a": definitions[0], "b": definitions[1]})
    return Pair(a=a, b=b)
