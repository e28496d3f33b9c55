"""Examples beside decision tables: how they are written, and when one does not hold."""

import pytest

from engine.definitions import Unusable, check_sources, folders
from engine.definitions.examples import Example, read_examples, try_examples
from engine.definitions.vocabulary import read_vocabulary
from engine.dmn import parse
from tests.engine.definitions.example import AUTHORITY, ROOT, sources, without

TABLE = "dmn/exampleshire/next_step.dmn"
EXAMPLES = "dmn/exampleshire/next_step.examples.toml"
MODEL = parse(sources()[TABLE], file=TABLE)
FACTS = read_vocabulary((ROOT / folders.VOCABULARY).read_bytes(), file="vocabulary").facts


def tried(inputs, output):
    """What comes of one example of Exampleshire's table."""
    example = Example(name="One", inputs=inputs, output=output)
    [found] = try_examples([example], MODEL, "next_step", facts=FACTS)
    return found


def test_an_example_holds_and_names_the_rules_that_matched():
    found = tried({"level_of_need": "high"}, "assessment")

    assert (found.problem, found.rules) == (None, ("high_need",))


def test_an_input_that_is_left_out_is_missing():
    assert tried({}, "no_further_action").problem is None


@pytest.mark.parametrize(
    ("inputs", "output", "problem"),
    [
        ({"level_of_need": "high"}, "advice", "It comes to 'assessment', expected 'advice'."),
        ({"level_of_need": "high"}, 3, "It comes to 'assessment', expected 3."),
        ({"level": "high"}, "assessment", "The decision has no input 'level': level_of_need."),
        (
            {"level_of_need": "huge"},
            "assessment",
            "level_of_need is never 'huge': none, low, moderate, high.",
        ),
    ],
)
def test_an_example_that_does_not_hold_says_why(inputs, output, problem):
    assert tried(inputs, output).problem == problem


def test_an_ambiguous_decision_decides_nothing():
    source = sources()[TABLE].replace(b"FIRST", b"UNIQUE")
    example = Example(name="One", inputs={"level_of_need": "high"}, output="assessment")

    [found] = try_examples([example], parse(source, file=TABLE), "next_step")

    assert "more than one rule of a unique table matches" in str(found.problem)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "examples = []",
        "[[example]]",
        '[[example]]\nname = "a"\ninputs = {}',
        '[[example]]\nname = "a"\ninputs = {}\noutput = 1\nrules = []',
        '[[example]]\nname = "a"\ninputs = 1\noutput = 1',
        '[[example]]\nname = "a"\ninputs = {}\noutput = 1\n' * 2,
        '[[example]]\nname = "a"\ninputs = {}\noutput = 1\n' * 501,
        "[[example",
    ],
)
def test_a_file_that_is_not_written_as_examples_are_is_refused(text):
    with pytest.raises(Unusable) as raised:
        read_examples(text.encode(), file=EXAMPLES)

    assert {problem.file for problem in raised.value.problems} == {EXAMPLES}


def test_a_decision_without_examples_is_a_warning():
    [problem] = check_sources(without(EXAMPLES), AUTHORITY)

    assert (problem.rule, problem.severity, problem.file) == ("examples_cover", "warning", TABLE)


def test_examples_without_their_table_are_an_error():
    files = sources()
    files["dmn/exampleshire/other.examples.toml"] = files[EXAMPLES]

    [problem] = check_sources(files, AUTHORITY)

    assert problem.rule == "examples_hold"
    assert "no decision table dmn/exampleshire/other.dmn" in problem.message


def test_shared_examples_belong_to_the_shared_table_only(tmp_path):
    own, shared = tmp_path / "dmn" / "exampleshire", tmp_path / "dmn" / "shared"
    for folder in (own, shared, tmp_path / "bpmn" / "exampleshire"):
        folder.mkdir(parents=True)
    for name in ("a", "b"):
        (shared / f"{name}.dmn").touch()
        (shared / f"{name}.examples.toml").touch()
    (own / "a.dmn").touch()

    assert set(folders.read_sources(tmp_path, "exampleshire")) == {
        "dmn/exampleshire/a.dmn",
        "dmn/shared/b.dmn",
        "dmn/shared/b.examples.toml",
    }
