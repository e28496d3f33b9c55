"""A real case as a referral that may be shown side by side: facts and dates, nobody's name."""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from engine.definitions.model import Vocabulary
from engine.parallel.referral import child_name, without_names
from engine.people import Actor, seen_case
from engine.runtime.known import Known, known_of
from engine.runtime.persist import live
from engine.scenarios import Scenario

_CODES = ("referrer_source",)  # texts that are codes of the census
_CODE = re.compile(r"[0-9]{1,2}[A-Z]?")


def referral_of_case(session: Session, case_id: int, *, by: Actor) -> Scenario:
    """Give the referral that a case came from. NotFound where the actor may not see the case."""
    case = seen_case(session, case_id, by=by)
    found = live(session, case)
    known = known_of(session, found)
    vocabulary = found.definition.vocabulary
    facts = _shown([k for k in known if k.child is None], vocabulary)
    facts.pop("received_at", None)  # it is the referral's start
    names = [str(entry.get("name")) for entry in _children(known)]
    for number, (name, child) in enumerate(zip(names, facts.get("children", ()), strict=False)):
        own = _shown([k for k in known if k.child == name], vocabulary)
        own.pop("children", None)
        child.update({"name": child_name(number)} | ({"facts": own} if own else {}))
    return Scenario(name=f"Case {case.reference}", start=case.received_at, facts=facts)


def _children(known: Iterable[Known]) -> list[Any]:
    return next((k.value for k in known if k.fact == "children"), [])


def _shown(known: Iterable[Known], vocabulary: Vocabulary) -> dict[str, Any]:
    facts = {k.fact: k.value for k in known}
    codes = tuple(key for key in _CODES if _CODE.fullmatch(str(facts.get(key, ""))))
    return without_names(facts, vocabulary, keep=codes)
