"""Files and folders are checked wherever they lie."""

import shutil
from pathlib import Path

import pytest

from engine.definitions import Unusable, authority_ids, check_paths, load_all, load_authority
from engine.errors import NotFound
from tests.engine.definitions.example import AUTHORITY, FILES, FRONT_DOOR, ROOT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    shutil.copytree(FILES, root)
    shutil.copy(ROOT / "bpmn" / "vocabulary.toml", root / "bpmn" / "vocabulary.toml")
    return root


def break_clause(root: Path) -> None:
    path = root / FRONT_DOOR
    path.write_text(path.read_text().replace('"EX-01"', '"EX-99"'))


def test_everything_under_bpmn_and_dmn_is_checked_by_default(project: Path):
    assert check_paths([], project) == []

    break_clause(project)

    assert [(p.file, p.element, p.rule) for p in check_paths([], project)] == [
        (FRONT_DOOR, "record_contact", "known_clauses"),
        ("bpmn/exampleshire/clauses.csv", "EX-01", "covered"),
    ]


def test_a_file_named_alone_shows_its_own_problems_only(project: Path):
    break_clause(project)

    found = check_paths([project / FRONT_DOOR], project)

    assert [problem.rule for problem in found] == ["known_clauses"]
    assert check_paths([project / "bpmn/exampleshire/disposal.bpmn"], project) == []


def test_a_folder_shows_the_problems_of_what_lies_in_it(project: Path):
    break_clause(project)

    assert check_paths([project / "dmn"], project) == []
    assert len(check_paths([project / "bpmn" / AUTHORITY], project)) == 2


def test_elsewhere_rules_about_clauses_authority_and_names_do_not_hold(
    project: Path, tmp_path: Path
):
    break_clause(project)
    other = tmp_path / "elsewhere" / "another_name.bpmn"
    other.parent.mkdir()
    shutil.copy(project / FRONT_DOOR, other)

    assert check_paths([other], project) == []
    assert check_paths([other.parent], project) == []


def test_elsewhere_the_profile_still_holds(project: Path, tmp_path: Path):
    other = tmp_path / "other.bpmn"
    text = (project / FRONT_DOOR).read_text()
    other.write_text(text.replace('cancelActivity="false"', "", 1))

    [problem] = check_paths([other], project)

    assert (problem.file, problem.element) == (str(other), "decision_due")


def test_a_file_out_of_place_is_said(project: Path):
    shutil.copy(project / FRONT_DOOR, project / "bpmn" / "front_door.bpmn")
    (project / "bpmn" / AUTHORITY / "drafts").mkdir()
    shutil.copy(project / FRONT_DOOR, project / "bpmn" / AUTHORITY / "drafts" / "x.bpmn")

    found = check_paths([], project)

    assert [(p.file, p.rule) for p in found] == [
        ("bpmn/exampleshire/drafts/x.bpmn", "file_place"),
        ("bpmn/front_door.bpmn", "file_place"),
    ]


def test_a_folder_that_cannot_be_an_authority_is_said(project: Path):
    (project / "bpmn" / "Example Shire").mkdir()

    assert [problem.rule for problem in check_paths([], project)] == ["folder_name"]


def test_a_path_that_does_not_exist_is_not_found(project: Path):
    with pytest.raises(NotFound):
        check_paths([project / "nothing.bpmn"], project)


def test_a_path_is_known_however_it_is_written(project: Path, monkeypatch: pytest.MonkeyPatch):
    break_clause(project)
    monkeypatch.chdir(project)

    for written in (FRONT_DOOR, f"dmn/../{FRONT_DOOR}", f"../project/{FRONT_DOOR}"):
        assert [p.file for p in check_paths([Path(written)], Path())] == [FRONT_DOOR]


def test_a_folder_above_the_project_shows_the_project_too(project: Path):
    break_clause(project)

    assert [p.rule for p in check_paths([project.parent], project)] == ["known_clauses", "covered"]


def test_settings_and_registers_can_be_named_alone(project: Path):
    settings = project / "bpmn" / AUTHORITY / "authority.toml"
    settings.write_text(settings.read_text().replace("[roles]", "[rolls]"))

    assert {p.rule for p in check_paths([settings], project)} == {"authority_file"}
    assert check_paths([project / "bpmn" / "vocabulary.toml"], project) == []


def test_what_is_neither_file_nor_folder_is_not_found(project: Path):
    with pytest.raises(NotFound):
        check_paths([Path("/dev/null")], project)


def test_a_file_of_another_kind_is_refused_when_named(project: Path):
    (project / "notes.txt").write_text("x")

    assert [p.rule for p in check_paths([project / "notes.txt"], project)] == ["file_place"]


def test_an_empty_folder_has_no_problems(tmp_path: Path):
    assert check_paths([], tmp_path) == []


def test_an_authority_is_loaded_by_its_folder(project: Path):
    assert authority_ids(project) == [AUTHORITY]
    assert load_authority(project, AUTHORITY).name == "Exampleshire"
    assert list(load_all(project)) == [AUTHORITY]
    with pytest.raises(NotFound):
        load_authority(project, "../exampleshire")

    break_clause(project)

    with pytest.raises(Unusable):
        load_authority(project, AUTHORITY)


def test_an_authoritys_own_file_stands_in_for_the_shared_one(project: Path):
    own = project / "bpmn" / AUTHORITY / "limit_missed.bpmn"
    shared = (project / "bpmn/shared/limit_missed.bpmn").read_text()
    lane = (
        '<bpmn:laneSet id="lanes"><bpmn:lane id="worker_lane" name="Social worker">'
        "<bpmn:flowNodeRef>record_lateness</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>"
    )
    shape = (
        '<bpmndi:BPMNShape id="worker_lane_di" bpmnElement="worker_lane">'
        '<dc:Bounds x="0" y="0" width="900" height="400" /></bpmndi:BPMNShape>'
    )
    text = shared.replace('"=responsible"', '"social_worker"')
    text = text.replace('isExecutable="true">', f'isExecutable="true">{lane}', 1)
    own.write_text(text.replace("<bpmndi:BPMNEdge", f"{shape}<bpmndi:BPMNEdge", 1))

    definition = load_authority(project, AUTHORITY)

    assert definition.processes["limit_missed"].file == "bpmn/exampleshire/limit_missed.bpmn"
    assert "bpmn/shared/limit_missed.bpmn" not in definition.sources


def test_a_table_named_alone_shows_examples_that_it_breaks(project: Path):
    table = project / "dmn" / AUTHORITY / "next_step.dmn"
    table.write_text(table.read_text().replace('>"assessment"<', '>"no_further_action"<'))

    for path in (table, table.with_name("next_step.examples.toml")):
        found = check_paths([path], project)
        assert {(p.rule, p.element) for p in found} == {("examples_hold", "A high level of need")}
