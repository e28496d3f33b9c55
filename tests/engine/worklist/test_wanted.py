from engine import worklist
from engine.worklist import Wanted
from tests.engine.worklist.desk import staff


def test_what_somebody_wants_to_see_is_remembered_for_them_alone(deployed):
    one, other = staff(deployed, "One"), staff(deployed, "Other")
    wanted = Wanted(whose="mine", role="social_worker", child="Ann")

    for choice in (Wanted(strength="must"), wanted):
        with deployed.writing() as session:
            worklist.remember(session, one, choice)

    with deployed.reading() as session:
        assert worklist.remembered(session, one) == wanted
        assert worklist.remembered(session, other) == Wanted()


def test_only_words_that_are_filters_are_read():
    read = Wanted.read(
        {"whose": "all", "strength": "maybe", "child": "  Ann ", "csrf_token": "x", "role": "r"}
    )

    assert read == Wanted(whose="team", child="Ann", role="r")


def test_whose_tasks_are_shown_is_no_filter():
    assert not Wanted(whose="mine").is_filtered
    assert Wanted(whose="mine", child="Ann").is_filtered
