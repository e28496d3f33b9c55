"""docs/traps.md names tests and rules that exist, and every trap names at least one."""

import re
from pathlib import Path

import pytest

from engine.definitions import validate

RULES = (
    *validate.FIRST, *validate.DIAGRAM, *validate.WORDS, *validate.FORM_FIRST, *validate.FORM,
    *validate.LOGIC, *validate.TABLE, *validate.AUTHORITY,
)  # fmt: skip
HERE = Path(__file__).parent
TRAPS = Path("docs/traps.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in row.strip("|").split("|")]
    for row in TRAPS.splitlines()
    if row.startswith("| ") and not row.startswith("| trap")
]
MODULES = {path.name for path in Path("engine/execution").glob("*.py")}


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:60] for row in ROWS])
def test_trap_is_fixed_by_a_tested_module_or_refused_by_a_rule(row):
    _, became, where, proofs = row
    tests = re.findall(r"`(test_\w+\.py)::(test_\w+)`", proofs)
    rules = re.findall(r"`([a-z_]+)`", proofs)

    assert tests if became.startswith("fixed") else became.startswith("refused") and rules
    for file, name in tests:
        assert f"def {name}(" in (HERE / file).read_text(encoding="utf-8")
    assert set(rules) <= {rule.name for rule in RULES}
    assert set(re.findall(r"`(\w+\.py)`", where)) <= MODULES
