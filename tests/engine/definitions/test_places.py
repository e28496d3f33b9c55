"""Where clauses live."""

from engine.definitions import from_stored, met_through, places
from engine.definitions.clauses import citations
from tests.engine.definitions.example import AUTHORITY, sources

DEFINITION = from_stored(sources(), AUTHORITY)
FOUND = places(DEFINITION)


def test_every_cited_clause_has_a_place_and_no_other():
    assert set(FOUND) == {c for citation in citations(DEFINITION) for c in citation.clauses}


def test_an_element_is_met_where_it_stands():
    place = next(p for p in FOUND["EX-01"] if p.kind == "element")

    assert (place.part, place.element) == ("front_door", "record_contact")
    assert [(s.process_id, s.element_id) for s in place.met_at] == [
        ("front_door", "record_contact")
    ]


def test_a_question_is_met_at_the_tasks_that_ask_it():
    place = next(p for p in FOUND["EX-05"] if p.kind == "field")

    assert place.element == "level_of_need"
    asking = [
        (process.id, element.id)
        for process in DEFINITION.processes.values()
        for element in process.elements.values()
        if element.form_id == place.part
    ]
    assert [(s.process_id, s.element_id) for s in place.met_at] == asking != []


def test_a_row_is_met_where_its_table_is_asked_and_has_its_number():
    place = next(p for p in FOUND["EX-08"] if p.kind == "row")
    table = DEFINITION.decisions[place.part].decisions[place.part].table

    assert place.element == "high_need"
    assert table is not None
    assert table.rules[(place.number or 0) - 1].id == "high_need"
    for spot in place.met_at:
        element = DEFINITION.processes[spot.process_id].elements[spot.element_id]
        assert element.decision_id == place.part


def test_a_place_says_itself_in_words_and_as_data():
    place = next(p for p in FOUND["EX-08"] if p.kind == "row")

    assert place.sentence().startswith(f"row {place.number} (high_need) of the table {place.part}:")
    assert place.to_json()["sentence"] == place.sentence()
    assert place.to_json()["met_at"][0]["element"] == place.met_at[0].element_id


def test_an_element_knows_the_clauses_of_what_it_puts_to_use():
    found = {
        (spot.process_id, spot.element_id, kind): clauses
        for spot, kinds in met_through(DEFINITION).items()
        for kind, clauses in kinds.items()
    }

    for clause, cited in FOUND.items():
        for place in cited:
            for spot in place.met_at:
                is_element = place.kind == "element"
                through = found.get((spot.process_id, spot.element_id, place.kind), ())
                assert is_element or clause in through
