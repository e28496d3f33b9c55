"""Many referrals: drawn again as they were, played in any number of processes, counted right."""

from dataclasses import replace
from datetime import datetime

import pytest

from engine import parallel
from engine.definitions import load_authority
from engine.errors import Invalid
from engine.parallel import Figure, Tally, Year
from engine.parallel.many import Brief, Came
from tests.engine.parallel.authorities import ROOT, everyone, given, some

VOCABULARY = load_authority(ROOT, "sefton").vocabulary
YEAR = Year(year=2027, contacts=40, seed=7)


def tallied(briefs: list[Brief], names: dict[str, str]) -> dict[str, list[Figure]]:
    tally = Tally(names=names)
    for brief in briefs:
        tally.add(brief)
    return tally.figures()


def brief(id_: str, a: str, b: str, **facts: str) -> Brief:
    """A referral that came to these results; `stopped` is none."""
    limits = (("write_up", True, False, False),)
    came = {
        key: Came(outcomes=(result,), result=result, is_stopped=result == "stopped", limits=limits)
        for key, result in (("a", a), ("b", b))
    }
    return Brief(id=id_, facts=facts, came=came, first="limit for write up")


def test_a_contact_is_drawn_by_its_number_alone() -> None:
    everything = dict(parallel.sampled(VOCABULARY, YEAR))

    again = parallel.contact(VOCABULARY, replace(YEAR, contacts=10_000), 17)

    assert everything["17"] == again
    assert everything["17"] != everything["18"]
    assert dict(parallel.sampled(VOCABULARY, replace(YEAR, seed=8))) != everything


def test_contacts_lie_in_their_year_and_hold_only_what_facts_may_be() -> None:
    contacts = [contact for _, contact in parallel.sampled(VOCABULARY, YEAR)]

    assert len(contacts) == YEAR.contacts
    for contact in contacts:
        assert contact.start.year == 2027
        assert contact.takes == {}
        parallel.referral(VOCABULARY, contact.facts, start=contact.start)


def test_every_word_of_the_weights_is_a_fact_or_a_value_of_one() -> None:
    from engine.parallel import sampling

    weights = sampling._weights()
    assert set(weights["shares"]) <= set(VOCABULARY.facts)
    for fact, entry in weights["facts"].items():
        known = VOCABULARY.facts[fact]
        values = known.values or ("true", "false")
        assert set(entry["weights"]) <= set(values), fact
    for referrer in weights["referrers"]:
        assert set(referrer["kind"]) <= set(VOCABULARY.facts["referrer_kind"].values)
        assert set(referrer["channel"]) <= set(VOCABULARY.facts["contact_channel"].values)


def test_the_share_in_office_hours_is_kept_and_otherwise_nothing_is_claimed() -> None:
    def in_office(share: float | None) -> int:
        year = replace(YEAR, contacts=400, office_share=share)
        return sum(_is_office(c.start) for _, c in parallel.sampled(VOCABULARY, year))

    assert in_office(1.0) == 400
    assert in_office(0.0) == 0
    assert 60 < in_office(None) < 130  # 40 of 168 hours of a week are 95 of 400


def _is_office(instant: datetime) -> bool:
    from zoneinfo import ZoneInfo

    local = instant.astimezone(ZoneInfo("Europe/London"))
    return local.weekday() < 5 and 9 <= local.hour < 17


@pytest.mark.parametrize(
    "wrong", [{"year": 1900}, {"contacts": 0}, {"contacts": 10**7}, {"office_share": 2.0}]
)
def test_a_year_that_cannot_be_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(Invalid):
        replace(YEAR, **wrong)


def test_there_is_no_contact_beyond_the_last() -> None:
    with pytest.raises(Invalid):
        parallel.contact(VOCABULARY, YEAR, 41)


def test_processes_share_the_work_and_come_to_the_same() -> None:
    definitions = some("sefton", "southwark")
    referrals = list(parallel.sampled(VOCABULARY, replace(YEAR, contacts=9, takes=True)))
    names = {key: key for key in definitions}

    alone = list(parallel.many(definitions, referrals))
    shared = list(parallel.many(definitions, referrals, processes=2))

    assert {each.id for each in shared} == {each.id for each in alone}
    assert tallied(shared, names) == tallied(alone, names)


def test_a_simulation_says_of_a_referral_what_it_comes_to_alone() -> None:
    definitions = some("lincolnshire", "sefton", "southwark")
    for id_, referral in parallel.sampled(VOCABULARY, replace(YEAR, contacts=5)):
        (found,) = parallel.many(definitions, [(id_, referral)])
        together = parallel.run(definitions, referral)
        assert {k: c.outcomes for k, c in found.came.items()} == {
            k: r.all_outcomes for k, r in together.runs.items()
        }


def test_figures_count_differences_limits_and_courses_that_ended() -> None:
    briefs = [
        brief("1", "advice", "advice", level="low"),
        brief("2", "advice", "assessment", level="high"),
        brief("3", "stopped", "assessment", level="high"),
        brief("10", "advice", "assessment", level="low"),
    ]

    found = tallied(briefs, {"a": "Anton", "b": "Berton"})

    (differ,) = found["differ"]
    assert (differ.ids, differ.of) == (("2", "10"), 4)
    (pair,) = found["pairs"]
    assert (pair.label, pair.ids, pair.of) == ("Anton and Berton", ("2", "10"), 3)
    assert found["facts"] == []  # it differs as often with the one level as with the other
    assert [(f.label, f.count, f.of) for f in found["out_of_hours"]] == [
        ("Anton: write up", 4, 4),
        ("Berton: write up", 4, 4),
    ]
    assert all(f.count == 0 for f in found["missed"])
    assert [(f.label, f.ids) for f in found["stopped"]] == [("Anton", ("3",))]


def test_the_fact_that_tells_most_comes_first() -> None:
    briefs = [
        brief(
            str(n), "advice", "assessment" if n % 2 else "advice", odd=str(n % 2), half=str(n // 8)
        )
        for n in range(16)
    ]

    facts = tallied(briefs, {"a": "Anton", "b": "Berton"})["facts"]

    assert [(f.label, f.count, f.of) for f in facts] == [("odd: 1", 8, 8), ("odd: 0", 0, 8)]


def test_a_fact_is_told_in_words() -> None:
    briefs = [
        brief("1", "advice", "assessment", child_in_need="true"),
        brief("2", "advice", "advice", child_in_need="false"),
    ]

    facts = tallied(briefs, {"a": "Anton", "b": "Berton"})["facts"]

    assert [f.label for f in facts] == ["child in need: yes", "child in need: no"]


def test_a_figure_survives_json() -> None:
    (figure,) = tallied([brief("1", "x", "y")], {"a": "A", "b": "B"})["differ"]

    assert Figure.from_json(figure.to_json()) == figure


def test_a_scenario_is_a_referral_like_any_other() -> None:
    (found,) = parallel.many(everyone(), [("southwark:1", given(child_in_need=False))])

    assert found.facts["child_in_need"] == "false"
    assert found.came["sefton"].outcomes == ("no_further_action",)
