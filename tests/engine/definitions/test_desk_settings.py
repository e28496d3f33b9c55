"""The tables of authority.toml that say who may judge, who may know, and who is reminded when."""

from datetime import timedelta

import pytest

from engine.definitions.desk_settings import problems_of, remind_before, roles_of

ROLES = {"roles": {"social_worker": "Social worker", "manager": "Manager"}}
IDENTITY = {"roles": ["social_worker"], "clauses": "EX-01", "named_when": [True]}


def problems(**tables):
    return list(problems_of({**ROLES, **tables}))


def test_tables_that_are_right_or_not_there_have_no_problem():
    assert problems() == []
    assert (
        problems(
            professional_judgement={"roles": ["manager"]},
            referrer_identity=IDENTITY,
            online_referral={"public": True, "services": ["Front door"], "sentence": "Ring us."},
            reminders={"before": "PT90M"},
        )
        == []
    )


@pytest.mark.parametrize(
    ("table", "value", "told"),
    [
        ("professional_judgement", "manager", "no table"),
        ("professional_judgement", {}, "names no roles"),
        ("professional_judgement", {"roles": []}, "names no roles"),
        ("professional_judgement", {"roles": ["clerk"]}, "'clerk' is none of the [roles]"),
        ("professional_judgement", {"roles": ["manager"], "by": "x"}, "'by' has no meaning"),
        ("referrer_identity", {**IDENTITY, "roles": ["nobody"]}, "'nobody' is none"),
        ("referrer_identity", {**IDENTITY, "clauses": " "}, "cites no clauses"),
        ("referrer_identity", {**IDENTITY, "named_when": []}, "named_when lists no answer"),
        ("online_referral", {"Public": True}, "no word in snake_case"),
        ("online_referral", {"public": 3}, "neither a text"),
        ("online_referral", {"services": [""]}, "neither a text"),
        ("reminders", {}, "no time of at most a day"),
        ("reminders", {"before": "PT25H"}, "no time of at most a day"),
        ("reminders", {"before": "PT0M"}, "no time of at most a day"),
        ("reminders", {"before": "2 hours"}, "no time of at most a day"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(table, value, told):
    (problem,) = problems(**{table: value})

    assert told in problem
    assert problem.endswith((".", "]."))


def test_the_tables_are_read_as_roles_and_times():
    settings = {"professional_judgement": {"roles": ["manager"]}, "reminders": {"before": "PT2H"}}

    assert roles_of(settings, "professional_judgement") == {"manager"}
    assert roles_of(settings, "referrer_identity") is None
    assert remind_before(settings) == timedelta(hours=2)
    assert remind_before({}) is None
