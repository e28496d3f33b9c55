"""The verbs about who may do what: user and token."""

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from engine import audit, deploy, people
from engine.cli.output import Output, add_verb
from engine.cli.serving import BY, now, opened
from engine.errors import Invalid
from engine.people import tokens


def add_verbs(verbs: Any) -> None:
    """Add the verbs of this module."""
    _add_user(verbs)
    _add_token(verbs)


def _add_user(verbs: Any) -> None:
    user = add_verb(verbs, "user", run_list, "List, add, disable people, and give them roles.")
    actions = user.add_subparsers(metavar="ACTION")
    add = add_verb(actions, "create", run_create, "Add a person; asks for a password.")
    add.add_argument("email")
    add.add_argument("--name", required=True)
    for name, run, text in (
        ("grant", run_grant, "Give a person a role in an authority."),
        ("revoke", run_revoke, "Take a role from a person."),
    ):
        change = add_verb(actions, name, run, text)
        change.add_argument("email")
        change.add_argument("--role", required=True)
        change.add_argument("--authority", required=True)
    disable = add_verb(actions, "disable", run_disable, "Shut a person out, at once.")
    disable.add_argument("email")


def _add_token(verbs: Any) -> None:
    token = add_verb(verbs, "token", run_tokens, "List, create and revoke tokens of the API.")
    actions = token.add_subparsers(metavar="ACTION")
    create = add_verb(actions, "create", run_token, "Create a token; it is shown once.")
    create.add_argument("name")
    create.add_argument("--role", required=True)
    create.add_argument("--authority", required=True)
    revoke = add_verb(actions, "revoke", run_revoke_token, "Make a token worthless.")
    revoke.add_argument("name")


def run_list(_call: argparse.Namespace, output: Output) -> int:
    """List people with their roles."""
    with opened() as database, database.reading() as session:
        everybody = people.everybody(session)
    document = [
        {"email": p.email, "name": p.name, "disabled": p.is_disabled, "roles": sorted(p.grants)}
        for p in everybody
    ]
    output.answer(document, _person_lines(document))
    return 0


def _person_lines(document: list[dict[str, Any]]) -> Iterator[str]:
    for person in document:
        roles = ", ".join(f"{role} in {authority}" for authority, role in person["roles"])
        ended = " (disabled)" if person["disabled"] else ""
        yield f"{person['email']}{ended}: {roles or 'no role'}"


def run_create(call: argparse.Namespace, output: Output) -> int:
    """Add a person with the password typed, or given in FRONTDOOR_PASSWORD."""
    with opened() as database, database.writing() as session:
        person = people.create(
            session, email=call.email, name=call.name, password=_password(), now=now()
        )
        _note(session, "person.created", f"person:{person.id}")
    return _say(output, f"{call.email} can sign in.")


def _password() -> str:
    given = os.environ.get("FRONTDOOR_PASSWORD")
    if given is not None:
        return given
    return getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def run_grant(call: argparse.Namespace, output: Output) -> int:
    """Give a role."""
    with opened() as database, database.writing() as session:
        _refuse_unknown_role(session, call)
        person = people.find(session, call.email)
        people.grant(session, person.id, call.authority, call.role)
        _note(session, "role.granted", f"person:{person.id}", role=call.role, in_=call.authority)
    return _say(output, f"{call.email} is {call.role} in {call.authority}.")


def run_revoke(call: argparse.Namespace, output: Output) -> int:
    """Take a role."""
    with opened() as database, database.writing() as session:
        person = people.find(session, call.email)
        people.revoke(session, person.id, call.authority, call.role)
        _note(session, "role.revoked", f"person:{person.id}", role=call.role, in_=call.authority)
    return _say(output, f"{call.email} is no longer {call.role} in {call.authority}.")


def run_disable(call: argparse.Namespace, output: Output) -> int:
    """Disable a person and end their sessions."""
    with opened() as database, database.writing() as session:
        person = people.find(session, call.email)
        people.disable(session, person.id, now=now())
        _note(session, "person.disabled", f"person:{person.id}")
    return _say(output, f"{call.email} can no longer sign in.")


def run_tokens(_call: argparse.Namespace, output: Output) -> int:
    """List tokens, never their secrets."""
    with opened() as database, database.reading() as session:
        found = tokens.everything(session)
    document = [
        {"name": t.name, "role": t.role, "authority": t.authority, "revoked": t.is_revoked}
        for t in found
    ]
    output.answer(document, _token_lines(document))
    return 0


def _token_lines(document: list[dict[str, Any]]) -> Iterator[str]:
    for token in document:
        ended = " (revoked)" if token["revoked"] else ""
        yield f"{token['name']}{ended}: {token['role']} in {token['authority']}"


def run_token(call: argparse.Namespace, output: Output) -> int:
    """Create a token and show it once."""
    with opened() as database, database.writing() as session:
        _refuse_unknown_role(session, call)
        secret = tokens.create(
            session, call.name, authority=call.authority, role=call.role, now=now()
        )
        subject = tokens.key_of(session, call.name)
        _note(session, "token.created", subject, role=call.role, in_=call.authority)
    output.answer({"name": call.name, "token": secret}, [secret])
    return 0


def run_revoke_token(call: argparse.Namespace, output: Output) -> int:
    """Revoke a token."""
    with opened() as database, database.writing() as session:
        tokens.revoke(session, call.name, now=now())
        _note(session, "token.revoked", tokens.key_of(session, call.name))
    return _say(output, f"The token {call.name} is worthless now.")


def _refuse_unknown_role(session: Session, call: argparse.Namespace) -> None:
    """Raise unless the role is one of a deployed authority's, or the analyst's everywhere."""
    if (call.authority, call.role) == (people.EVERYWHERE, people.ANALYST):
        return
    roles = deploy.current_definition(session, call.authority).roles
    if call.role not in roles:
        known = ", ".join(roles)
        raise Invalid(f"'{call.role}' is no role of {call.authority}; there are {known}")


def _note(session: Session, event: str, subject: str, **detail: str) -> None:
    about = audit.About(subject=subject, detail={k.strip("_"): v for k, v in detail.items()})
    audit.record(session, event, about, by=BY, now=now())


def _say(output: Output, sentence: str) -> int:
    output.answer({"done": sentence}, [sentence])
    return 0
