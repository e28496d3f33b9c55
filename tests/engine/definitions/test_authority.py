"""An authority's files together: what they define, and what is wrong between them."""

import pytest

from engine.definitions import (
    Unusable,
    check_sources,
    fingerprint,
    from_sources,
    from_stored,
    validate,
)
from tests.engine.definitions.example import AUTHORITY, FRONT_DOOR, changed, sources, without

SETTINGS = "bpmn/exampleshire/authority.toml"
CLAUSES = "bpmn/exampleshire/clauses.csv"
DISPOSAL = "bpmn/exampleshire/disposal.bpmn"
MISSED = "bpmn/shared/limit_missed.bpmn"
TABLE = "dmn/exampleshire/next_step.dmn"
CONTACT_FORM = "bpmn/exampleshire/forms/record_contact.form"
EXAMPLES = "dmn/exampleshire/next_step.examples.toml"
VOCABULARY = "bpmn/vocabulary.toml"
REFERRER = '"deadline.owner" value="referrer" /><zeebe:property name="deadline.from"'
CALLED = 'processId="disposal"'

# rule, where it is found, the element it names, and the change that breaks it
BROKEN = [
    ("front_door", FRONT_DOOR, "contact_made", FRONT_DOOR, ' formId="start_contact"', ""),
    ("front_door", FRONT_DOOR, None, FRONT_DOOR, 'process id="front_door"', 'process id="door"'),
    ("known_processes", FRONT_DOOR, "disposal", FRONT_DOOR, CALLED, 'processId="dispsal"'),
    ("known_decisions", FRONT_DOOR, "decide_next_step", FRONT_DOOR, 'Id="next_step"', 'Id="next"'),
    ("known_forms", DISPOSAL, "authorise_disposal", DISPOSAL, 'formId="a', 'formId="other_a'),
    ("file_names", DISPOSAL, "disposals", DISPOSAL, '"disposal"', '"disposals"'),
    ("file_names", TABLE, None, TABLE, 'decision id="next_step"', 'decision id="step_next"'),
    ("recursion", FRONT_DOOR, "disposal", FRONT_DOOR, CALLED, 'processId="front_door"'),
    ("caught_escalations", DISPOSAL, "crime_raised", DISPOSAL, 'Code="alarm"', 'Code="alert"'),
    ("task_roles", DISPOSAL, "authorise_disposal", DISPOSAL, 'ups="duty', 'ups="old'),
    ("task_roles", DISPOSAL, "authorise_disposal", DISPOSAL, 'ups="duty_manager', 'ups="=x'),
    (
        "task_roles",
        FRONT_DOOR,
        "record_contact",
        FRONT_DOOR,
        'ups="social_worker',
        'ups="duty_manager',
    ),
    ("task_roles", MISSED, "record_lateness", MISSED, '"=responsible"', '"nobody"'),
    ("lane_names", DISPOSAL, "disposal", DISPOSAL, 'name="Duty Manager"', 'name="Duty manager"'),
    ("known_clauses", FRONT_DOOR, "record_contact", FRONT_DOOR, '"EX-01"', '"EX-01, EX-99"'),
    ("known_clauses", TABLE, "high_need", TABLE, "EX-08:", "EX-88:"),
    ("known_clauses", CONTACT_FORM, "level_of_need", CONTACT_FORM, "EX-05", "EX-55"),
    ("known_assumptions", FRONT_DOOR, "tell_police", FRONT_DOOR, 'value="K1"', 'value="K9"'),
    ("known_assumptions", MISSED, "tell_manager", MISSED, 'value="G5"', 'value="G9"'),
    ("uncited", DISPOSAL, "authorise_disposal", DISPOSAL, 'value="EX-04"', 'value=""'),
    ("uncited", FRONT_DOOR, "assessment_needed", FRONT_DOOR, 'value="EX-03"', 'value=""'),
    ("uncited", FRONT_DOOR, "decision_due", FRONT_DOOR, 'value="EX-02"', 'value=""'),
    ("uncited", FRONT_DOOR, "tell_police", FRONT_DOOR, 'value="K1"', 'value=""'),
    ("uncited", TABLE, "high_need", TABLE, "EX-08: a high", "A high"),
    ("covered", CLAUSES, "EX-04", DISPOSAL, 'value="EX-04"', 'value="EX-05"'),
    ("covered", CLAUSES, "EX-07", CLAUSES, "How people speak is no step.", ""),
    ("register", CLAUSES, "EX-07", CLAUSES, "guidance,checklist", "guidance,notification"),
    ("register", CLAUSES, "EX-01", CLAUSES, "user_task,must", "user_task,shall"),
    ("register", CLAUSES, "EX-01", CLAUSES, "The contact is recorded.", ""),
    ("strengths", FRONT_DOOR, "decision_due", FRONT_DOOR, 'value="must"', 'value="should"'),
    ("limits", FRONT_DOOR, "decision_due", FRONT_DOOR, 'value="24"', 'value="48"'),
    ("limits", FRONT_DOOR, "decision_due", FRONT_DOOR, 'value="hours"', 'value="working-days"'),
    ("starts", FRONT_DOOR, "decision_due", FRONT_DOOR, '"received_at"', '"recieved_at"'),
    ("late_paths", FRONT_DOOR, "decision_due", MISSED, '"overdue"', '"reminder"'),
    ("late_paths", FRONT_DOOR, "decision_due", MISSED, 'value="lateness"', 'value="contact"'),
    ("late_paths", FRONT_DOOR, "decision_due", FRONT_DOOR, '"deadline.from"', REFERRER),
    ("fact_fields", CONTACT_FORM, "level_of_need", CONTACT_FORM, '"high"', '"huge"'),
    ("fact_fields", CONTACT_FORM, "parents_informed", CONTACT_FORM, '"false"', '"not_known"'),
    ("late_paths", FRONT_DOOR, "decision_due", MISSED, '"overdue"', '"reminder"'),
    ("late_paths", FRONT_DOOR, "decision_due", MISSED, 'value="lateness"', 'value="contact"'),
    ("late_paths", FRONT_DOOR, "decision_due", FRONT_DOOR, '"deadline.from"', REFERRER),
    ("fact_fields", CONTACT_FORM, "level_of_need", CONTACT_FORM, '"radio"', '"checklist"'),
    ("known_variables", FRONT_DOOR, "assessment_needed_to_disposal", FRONT_DOOR, "=next", "=nxt"),
    ("known_variables", CONTACT_FORM, "parents_informed", CONTACT_FORM, '"=level', '"=levl'),
    ("known_variables", CONTACT_FORM, "level_of_need", CONTACT_FORM, "of need", "of {{ned}}"),
    ("possible_values", FRONT_DOOR, "assessment_needed_to_disposal", FRONT_DOOR, '"none"', '"nil"'),
    ("possible_values", CONTACT_FORM, "parents_informed", CONTACT_FORM, '= \\"none', '= \\"nil'),
    ("possible_values", FRONT_DOOR, "assessment_needed_to_disposal", FRONT_DOOR, '= "as', '= "es'),
    ("table_variables", TABLE, "level_of_need_input", TABLE, ">level_of_need<", ">level<"),
    ("table_values", TABLE, "high_need", TABLE, '>"high"<', '>"hihg"<'),
    ("examples_hold", EXAMPLES, "A high level of need", EXAMPLES, '"assessment"', '"advice"'),
    ("examples_hold", EXAMPLES, "A high level of need", TABLE, '>"assessment"<', '>"advice"<'),
    ("examples_hold", EXAMPLES, None, EXAMPLES, "output", "outcome"),
    ("examples_cover", TABLE, "high_need", EXAMPLES, '"high"', '"none"'),
    ("table_platform", TABLE, "definitions", TABLE, "8.8.0", "8.1.0"),
    ("table_shapes", TABLE, "next_step", TABLE, 'ElementRef="next_step"', 'ElementRef="step"'),
    ("unused_files", DISPOSAL, "disposal", FRONT_DOOR, CALLED, 'processId="limit_missed"'),
    ("unused_files", CONTACT_FORM, None, FRONT_DOOR, 'formId="record', 'formId="no'),
    ("unused_roles", SETTINGS, "clerk", SETTINGS, "[roles]", '[roles]\nclerk = "Clerk"'),
    ("dmn", TABLE, "high_need_level", TABLE, '>"high"<', '>"high<'),
    ("authority_file", SETTINGS, None, SETTINGS, 'name = "Exampleshire"', ""),
    ("authority_file", SETTINGS, None, SETTINGS, 'title = "Front door procedures"', ""),
    ("authority_file", SETTINGS, None, SETTINGS, 'mon = "09:00-17:00"', 'mon = "9 to 5"'),
    ("authority_file", SETTINGS, None, SETTINGS, '"Duty Manager"', '"Social worker"'),
    ("authority_file", SETTINGS, None, SETTINGS, 'service = "Emergency Duty Team"', ""),
    ("authority_file", SETTINGS, None, SETTINGS, "[roles]", "[rolls]"),
    ("file_toml", SETTINGS, None, SETTINGS, "[roles]", "[roles"),
    ("clauses_file", CLAUSES, None, CLAUSES, "id,section", "section,id"),
    ("clauses_file", CLAUSES, "EX-01", CLAUSES, "EX-02,", "EX-01,"),
    ("clauses_file", CLAUSES, None, CLAUSES, "The contact is", "The contact, is"),
    ("vocabulary_file", VOCABULARY, None, VOCABULARY, "[outcomes]", "[ends]"),
]


def test_exampleshire_has_no_problem():
    assert check_sources(sources(), AUTHORITY) == []


@pytest.mark.parametrize(("rule", "file", "element", "path", "before", "after"), BROKEN)
def test_a_change_is_found_and_said_where_it_is(
    rule: str, file: str, element: str | None, path: str, before: str, after: str
):
    problems = check_sources(changed(path, before, after), AUTHORITY)

    assert (rule, file, element) in {(p.rule, p.file, p.element) for p in problems}


def test_every_rule_about_an_authority_is_broken_by_some_change():
    rules = {rule.name for rule in (*validate.AUTHORITY, *validate.TABLE)}

    assert rules <= {case[0] for case in BROKEN}


@pytest.mark.parametrize("path", [SETTINGS, CLAUSES, VOCABULARY])
def test_a_missing_file_is_said(path: str):
    [problem] = [p for p in check_sources(without(path), AUTHORITY) if p.file == path]

    assert problem.rule == "missing_file"


def test_a_definition_has_what_the_files_say():
    definition = from_sources(sources(), AUTHORITY)

    assert (definition.id, definition.name) == ("exampleshire", "Exampleshire")
    assert definition.labels["assessment"] == "Single Assessment"
    assert list(definition.roles) == ["social_worker", "duty_manager"]
    assert definition.calendar.assumed
    assert definition.settings["out_of_hours"] == {"service": "Emergency Duty Team"}
    assert set(definition.processes) == {"front_door", "disposal", "limit_missed"}
    assert set(definition.decisions) == {"next_step"}
    assert definition.forms["record_lateness"].file == "bpmn/shared/forms/record_lateness.form"


def test_an_authoritys_own_assumption_replaces_the_shared_one():
    definition = from_sources(sources(), AUTHORITY)

    assert definition.assumptions["K1"] == "The police are told at once."
    assert definition.assumptions["G5"] == "A missed limit is recorded with its reason."


def test_a_shared_process_that_the_authority_never_calls_is_none_of_its_business():
    files = changed(FRONT_DOOR, 'processId="limit_missed"', 'processId="disposal"')

    problems = check_sources(files, AUTHORITY)

    assert {problem.rule for problem in problems} == {"late_paths"}


def test_the_fingerprint_names_paths_and_contents():
    files = sources()

    assert from_sources(files, AUTHORITY).fingerprint == fingerprint(dict(reversed(files.items())))
    assert fingerprint({"a": b"bc"}) != fingerprint({"ab": b"c"})
    assert fingerprint(files) != fingerprint(changed(SETTINGS, "May", "June"))


def test_files_with_an_error_make_no_definition_and_warnings_do_not_stop_one():
    with pytest.raises(Unusable) as refusal:
        from_sources(changed(FRONT_DOOR, '"EX-01"', '"EX-99"'), AUTHORITY)
    warned = from_sources(changed(SETTINGS, "[roles]", '[roles]\nclerk = "Clerk"'), AUTHORITY)

    assert any(problem.rule == "known_clauses" for problem in refusal.value.problems)
    assert "clerk" in warned.roles


def test_a_stored_version_is_read_though_a_rule_of_today_refuses_it():
    files = changed(FRONT_DOOR, '"EX-01"', '"EX-99"')

    assert from_stored(files, AUTHORITY).processes["front_door"].elements
    with pytest.raises(Unusable):
        from_stored(changed(FRONT_DOOR, "<bpmn:process", "<bpmn:prozess"), AUTHORITY)
