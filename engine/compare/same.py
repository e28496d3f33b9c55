"""Whether forms or decisions of two ids are told as one: ids of files are no difference."""

from engine.compare.difference import Pair
from engine.compare.forms import form_differences
from engine.compare.match import other_ids
from engine.compare.tables import decision_differences


def same_form(pair: Pair, ids: tuple[str, str]) -> bool:
    """Whether two forms ask the same, or are told apart field by field."""
    ours, theirs = pair.definitions
    a, b = ours.forms.get(ids[0]), theirs.forms.get(ids[1])
    if a is None or b is None:
        return False
    if ids[0] == ids[1] or ids in other_ids(pair)[0]:
        return True
    return not any(form_differences(pair, a, b))


def same_decision(pair: Pair, ids: tuple[str, str]) -> bool:
    """Whether two decisions decide the same, or are told apart rule by rule."""
    models = [d.decisions.get(key) for d, key in zip(pair.definitions, ids, strict=True)]
    a, b = (m.decisions[key] if m else None for m, key in zip(models, ids, strict=True))
    if a is None or b is None:
        return False
    if ids[0] == ids[1] or ids in other_ids(pair)[1]:
        return True
    return not any(decision_differences(pair, a, b))
