"""Professional judgement: who may decide in a table's place, and withdraw or reopen a case."""

from engine.definitions.model import AuthorityDefinition
from engine.errors import Refused
from engine.people import Actor

TABLE = "professional_judgement"  # of authority.toml


class NotYourJudgement(Refused):
    """Only some roles of the authority may do this; the message names them."""


def roles(definition: AuthorityDefinition) -> tuple[str, ...]:
    """The roles whose holders may use their judgement in a table's place."""
    return tuple(definition.settings.get(TABLE, {}).get("roles", ()))


def may_judge(definition: AuthorityDefinition, by: Actor) -> bool:
    """Say whether the actor holds one of these roles."""
    return any(by.holds(definition.id, role) for role in roles(definition))


def require(definition: AuthorityDefinition, by: Actor) -> None:
    """Raise NotYourJudgement where the actor holds none of these roles."""
    if may_judge(definition, by):
        return
    labels = [definition.roles[role] for role in roles(definition)]
    if not labels:
        raise NotYourJudgement("The authority names no role that may do this.")
    raise NotYourJudgement(f"Only this role may do this: {' or '.join(labels)}.")
