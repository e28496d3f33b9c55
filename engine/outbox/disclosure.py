"""What a letter may tell: outcomes in words, and the referrer where the procedure says so.

No letter names a child. Only a letter that discloses the source names the referrer, and only where
the authority's own table `referrer_identity` gives an answer with which they may be named.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from engine.definitions.desk_settings import roles_of
from engine.definitions.model import AuthorityDefinition
from engine.errors import Invalid, Refused
from engine.people import Actor

SOURCE_DISCLOSURE = "source_disclosure"
REFERRERS = frozenset({"professional_referrer", "public_referrer"})

_TABLE = "referrer_identity"
_MUST_BE_KNOWN = ("referrer_kind", "anonymity_requested")  # nobody is named for want of asking
_ANSWERED = frozenset({"information", "advice", "signposting"})
_NOTHING_MORE = frozenset({"no_further_action"})
_OWN_LABELS = {"assessment": "assessment", "strategy_discussion": "strategy_event"}
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")


def source(
    definition: AuthorityDefinition, facts: Mapping[str, Any], *, now: datetime
) -> str | None:
    """Return who referred, by name and agency; None where they may not be named or nobody knows."""
    if not may_be_named(definition, facts, now=now):
        return None
    known = (facts.get("referrer_name"), facts.get("referrer_agency"))
    return ", ".join(str(part).strip() for part in known if part and str(part).strip()) or None


def may_be_named(
    definition: AuthorityDefinition, facts: Mapping[str, Any], *, now: datetime
) -> bool:
    """Say whether the referrer may be named to the family; no table and no settings mean no.

    `source_revealed` is the fact that somebody decided so, where the table leaves it to people.
    """
    settings, model = definition.settings.get(_TABLE), definition.decisions.get(_TABLE)
    if settings is None or model is None or any(facts.get(key) is None for key in _MUST_BE_KNOWN):
        return False
    if facts.get("source_revealed") is True and facts.get("anonymity_requested") is not True:
        return True
    try:
        answer = model.evaluate(_TABLE, facts, now=now)
    except (Invalid, Refused):
        return False  # a table that cannot be asked allows nothing
    allowed = settings["named_when"]
    return any(type(answer) is type(word) and answer == word for word in allowed)


def may_know_referrer(definition: AuthorityDefinition, by: Actor) -> bool:
    """Say whether the actor may know even a referrer who asked to stay anonymous."""
    roles = roles_of(definition.settings, _TABLE)
    return roles is None or bool(roles & by.roles_in(definition.id))


def may_read(definition: AuthorityDefinition, kind: str, by: Actor) -> bool:
    """Say whether somebody may read a letter of this kind: one may name the referrer."""
    return kind != SOURCE_DISCLOSURE or may_know_referrer(definition, by)


def may_see_address(definition: AuthorityDefinition, recipient: str, by: Actor) -> bool:
    """Say whether somebody may see where a letter went: a referrer's address is part of who."""
    return recipient not in REFERRERS or may_know_referrer(definition, by)


def outcome_words(
    facts: Mapping[str, Any], reached: Iterable[tuple[str | None, str]], child: str | None
) -> tuple[str, ...]:
    """Return the vocabulary's outcome words of one child (None: of all), each once, in order."""
    decided = facts.get("disposals")
    words = dict.fromkeys(word for name, word in reached if child is None or name in (None, child))
    for entry in decided if isinstance(decided, list) else ():
        if isinstance(entry, Mapping) and (child is None or entry.get("name") == child):
            given = entry.get("responses") or [entry.get("next_step")]
            words.update(dict.fromkeys(str(word) for word in given if word))
    return tuple(words)


def phrases(definition: AuthorityDefinition, words: Iterable[str]) -> tuple[str, ...]:
    """Return outcomes as a letter says them: the authority's own word, else the vocabulary's."""
    labels = definition.vocabulary.outcomes
    return tuple(_phrase(definition, labels[word], word) for word in words if word in labels)


def gist(words: Iterable[str]) -> str:
    """Return what may be told without saying anything of the child."""
    given = set(words)
    if given and given <= _NOTHING_MORE:
        return "no_further_action"
    return "answered" if given and given <= _NOTHING_MORE | _ANSWERED else "following_up"


def ordinal(position: int) -> str:
    """Return which of the children is meant, without a name."""
    word = _ORDINALS[position] if position < len(_ORDINALS) else f"Number {position + 1}"
    return f"{word} child"


def _phrase(definition: AuthorityDefinition, label: str, word: str) -> str:
    own = definition.labels.get(_OWN_LABELS.get(word, ""))
    return own or label.partition(" (")[0]
