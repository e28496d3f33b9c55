"""A changed fact: whose outcome, limits and notices change, and which single facts decide."""

import pytest

from engine import parallel
from engine.errors import Invalid
from tests.engine.parallel.authorities import everyone, given, some


def test_only_those_change_whom_the_fact_steers() -> None:
    before = parallel.run(some("lincolnshire", "southwark"), given())

    found = parallel.what_if(before, {"further_enquiries_justified": False})

    assert [(c.authority, c.what) for c in found.changes if c.what == "outcome"] == [
        ("lincolnshire", "outcome")
    ]
    assert found.after.runs["southwark"] is before.runs["southwark"]


def test_a_run_that_is_kept_is_what_playing_it_again_would_give() -> None:
    before = parallel.run(everyone(), given())
    for fact in before.vocabulary.facts.values():
        for value in parallel.choices(fact)[:1]:
            found = parallel.what_if(before, {fact.id: value})
            again = parallel.run(everyone(), found.after.referral)
            assert found.after.runs == again.runs, (fact.id, value)


def test_limits_and_notices_change_with_the_fact() -> None:
    before = parallel.run(some("southwark"), given())

    changes = {c.what: c for c in parallel.what_if(before, {"contact_channel": "letter"}).changes}

    assert "written confirmation, 48 hours" in changes["limits"].before
    assert "written confirmation, 48 hours" not in changes["limits"].after
    assert "professional referrer: request" not in changes["told"].after


def test_a_change_holds_for_every_child() -> None:
    children = [{"name": "Child A", "facts": {"significant_harm_suspected": True}}]
    before = parallel.run(some("southwark"), given(children=children))

    found = parallel.what_if(before, {"significant_harm_suspected": False})

    assert found.after.runs["southwark"].outcomes == {"Child A": ("assessment",)}


def test_several_changes_go_together() -> None:
    before = parallel.run(some("southwark"), given())

    found = parallel.what_if(before, {"child_in_need": False, "responses": ["advice"]})

    assert found.after.runs["southwark"].all_outcomes == ("advice",)


@pytest.mark.parametrize(
    "values", [{"level_of_need": "huge"}, {"lunch": True}, {"child_in_need": "yes"}]
)
def test_a_word_or_value_that_is_none_is_refused(values: dict[str, object]) -> None:
    before = parallel.run(some("southwark"), given())

    with pytest.raises(Invalid):
        parallel.what_if(before, values)


def test_sensitivity_is_what_trying_every_value_shows() -> None:
    before = parallel.run(some("sefton", "southwark"), given())
    tried = {
        (fact.id, value)
        for fact in before.vocabulary.facts.values()
        for value in parallel.choices(fact)
        if any(
            run.result != before.runs[key].result
            for key, run in parallel.run(
                before.definitions,
                parallel.changed(before.referral, before.vocabulary, fact.id, value),
            ).runs.items()
        )
    }

    found = {item for each in parallel.sensitivity(before) for item in each.values.items()}

    assert found == tried
    assert ("significant_harm_suspected", True) in found
