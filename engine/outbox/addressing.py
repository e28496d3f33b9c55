"""Who gets a letter: a referrer at their own address, staff by their roles, others on paper."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.definitions.desk_settings import roles_of
from engine.definitions.model import AuthorityDefinition
from engine.outbox.disclosure import REFERRERS
from engine.store.tables import Person, PersonRole

MANAGER = "manager"
STAFF = frozenset({MANAGER, "allocated_worker", "principal_practitioner"})

_LOCAL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
_DOMAIN = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
_EMAIL = re.compile(rf"(?!.*=\?){_LOCAL}@{_DOMAIN}", re.ASCII)  # =? would be decoded in a header
_LONGEST_EMAIL = 254


def is_staff(definition: AuthorityDefinition, recipient: str) -> bool:
    """Say whether the recipient works for the authority."""
    return recipient in STAFF or recipient in definition.roles


def roles_behind(definition: AuthorityDefinition, recipient: str) -> frozenset[str]:
    """Return the authority's roles that a recipient stands for; none for people outside it."""
    if recipient in definition.roles:
        return frozenset({recipient})
    if recipient == MANAGER:
        return roles_of(definition.settings, "professional_judgement") or frozenset()
    return frozenset()


def holders(session: Session, authority: str, roles: Iterable[str]) -> Mapping[str, list[str]]:
    """Return the e-mail addresses of everybody who holds each of the roles."""
    found: dict[str, list[str]] = defaultdict(list)
    wanted = sorted(set(roles))
    if wanted:
        rows = session.execute(
            select(PersonRole.role, Person.email)
            .join(Person, Person.id == PersonRole.person_id)
            .where(
                PersonRole.authority == authority,
                PersonRole.role.in_(wanted),
                Person.disabled_at.is_(None),
            )
            .order_by(Person.email)
        )
        for role, email in rows:
            found[role].append(email)
    return found


def referrer_address(recipient: str, facts: Mapping[str, Any]) -> str | None:
    """Return the referrer's e-mail address, for letters to them; None where they gave none."""
    return email_in(facts.get("referrer_contact")) if recipient in REFERRERS else None


def email_in(text: Any) -> str | None:
    """Return the text where it is one e-mail address and nothing else."""
    found = text.strip() if isinstance(text, str) else ""
    return found if len(found) <= _LONGEST_EMAIL and _EMAIL.fullmatch(found) else None
