"""A copy of an authority with one change, in its own folders, is told by that one entry."""

import json
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from engine import definitions
from engine.cli import main
from engine.compare.comparison import differences
from engine.definitions import AuthorityDefinition, folders, from_stored
from tests.engine.compare.changes import CHANGES, Change
from tests.engine.compare.noise import rewritten

ROOT = Path(__file__).parents[3]
AUTHORITIES = definitions.authority_ids(ROOT)
COPY = "copy"
LISTED = (
    "amount", "unit", "start", "clause", "condition", "group", "field added", "field removed",
    "field type", "field required", "cell", "hit policy", "recipient", "task added",
    "task removed", "task moved", "layout", "lines", "widths", "place in the form", "name",
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that holds Southwark and a copy of it."""
    for kind in ("bpmn", "dmn"):
        for name in ("southwark", COPY):
            shutil.copytree(ROOT / kind / "southwark", tmp_path / kind / name)
        if (ROOT / kind / folders.SHARED).is_dir():
            shutil.copytree(ROOT / kind / folders.SHARED, tmp_path / kind / folders.SHARED)
    shutil.copy(ROOT / folders.VOCABULARY, tmp_path / folders.VOCABULARY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def in_copy(path: str) -> str:
    return path.replace("/southwark/", f"/{COPY}/", 1)


def entries(capsys: pytest.CaptureFixture[str], *names: str) -> list[tuple[str, str]]:
    """What `frontdoor compare` lists, by where and of which kind."""
    assert main(["compare", *names, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    return [(part, e["kind"]) for part in ("diagrams", "tables", "forms") for e in told[part]]


def some(name: str, count: int = 2) -> list[Change]:
    every = list(CHANGES[name](definitions.load_authority(ROOT, "southwark")))
    return every[:: max(1, len(every) // count)][:count]


MIRRORED = {"removed": "added", "added": "removed"}


def mirrored(kind: str) -> str:
    """The kind that tells the same from the other side."""
    head, _, last = kind.rpartition("_")
    turned = MIRRORED.get(last, last)
    return f"{head}_{turned}" if head else turned


def copied(sources: Mapping[str, bytes]) -> AuthorityDefinition:
    """The same files as another authority's."""
    return from_stored({in_copy(path): content for path, content in sources.items()}, COPY)


def kinds(one: AuthorityDefinition, other: AuthorityDefinition) -> list[tuple[str, str]]:
    found = differences({"one": one, "other": other})
    areas = ("diagrams", "tables", "forms")
    return [(area, each.kind) for area in areas for each in getattr(found, area)]


@pytest.mark.parametrize("name", LISTED)
def test_one_change_in_a_copy_is_one_entry_in_either_order(name: str) -> None:
    original = definitions.load_authority(ROOT, "southwark")
    for change in some(name, 6):
        copy = copied({**original.sources, change.path: change.content})

        wanted = [] if change.kind == "none" else [(change.area, change.kind)]
        assert kinds(original, copy) == wanted
        assert kinds(copy, original) == [(area, mirrored(kind)) for area, kind in wanted]


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("bpmn/copy/disposal.bpmn", "manager_authorises = true", "manager_authorises != true",
         [("diagrams", "condition")]),
        ("bpmn/copy/forms/propose_disposal.form", '"required": true', '"required": false',
         [("forms", "field_required")]),
        ("bpmn/copy/front_door.bpmn", "\n", "\r\n", []),
    ],
)  # fmt: skip
def test_folders_are_compared_on_the_command_line(
    path: str,
    old: str,
    new: str,
    told: list[tuple[str, str]],
    root: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = root / path
    file.write_bytes(file.read_bytes().replace(old.encode(), new.encode(), 1))

    assert entries(capsys, "southwark", COPY) == told
    assert entries(capsys, COPY, "southwark") == told


@pytest.mark.parametrize(
    ("suffix", "area", "kind"),
    [(".form", "forms", "form_removed"), (".dmn", "tables", "decision_removed")],
)
def test_a_file_that_a_draft_lacks_is_one_entry(suffix: str, area: str, kind: str) -> None:
    original = definitions.load_authority(ROOT, "southwark")
    lacking = [path for path in original.sources if path.endswith(suffix)]
    assert len(lacking) > 3
    for path in lacking:
        draft = copied({p: content for p, content in original.sources.items() if p != path})

        assert kinds(original, draft) == [(area, kind)], path
        assert kinds(draft, original) == [(area, mirrored(kind))], path


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_files_that_another_tool_wrote_are_no_difference(authority: str) -> None:
    before = definitions.load_authority(ROOT, authority)
    after = from_stored({p: rewritten(p, c) for p, c in before.sources.items()}, authority)

    assert before.fingerprint != after.fingerprint
    assert counted(before, after) == counted(after, before) == Counter()


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_the_order_of_the_files_is_no_difference(authority: str) -> None:
    before = definitions.load_authority(ROOT, authority)
    after = from_stored(dict(reversed(list(before.sources.items()))), authority)
    other = definitions.load_authority(ROOT, "southwark")

    assert counted(before, after) == Counter()
    assert counted(before, other) == counted(after, other)


def counted(one: AuthorityDefinition, other: AuthorityDefinition) -> Counter[str]:
    found = differences({"one": one, "other": other})
    return Counter(e.sentence for e in (*found.diagrams, *found.tables, *found.forms))
