"""Changes of one question of a form."""

import json
from collections.abc import Callable
from typing import Any

from engine.definitions import AuthorityDefinition
from tests.engine.compare.altering import Change, Changes


def form(kind: str, change: Callable[[list[Any], int], object]) -> Callable[..., Changes]:
    def changes(definition: AuthorityDefinition) -> Changes:
        for path in sorted(definition.sources):
            if not path.endswith(".form"):
                continue
            count = len(json.loads(definition.sources[path])["components"])
            for index in range(count):
                data = json.loads(definition.sources[path])
                parts = data["components"]
                if "key" in parts[index] and change(parts, index) is not False:
                    yield Change(
                        path=path, content=json.dumps(data).encode(), area="forms", kind=kind
                    )

    return changes


def remove(parts: list[Any], index: int) -> None:
    parts.pop(index)


def hide(parts: list[Any], index: int) -> None:
    parts[index]["conditional"] = {"hide": "=case_id = null"}


def require(parts: list[Any], index: int) -> None:
    rules = parts[index].setdefault("validate", {})
    rules["required"] = not rules.get("required", False)


def option(parts: list[Any], index: int) -> bool | None:
    values = parts[index].get("values")
    if not values or {v["value"] for v in values} <= {"true", "false", True, False}:
        return False
    values.append({"label": "New", "value": "new"})
    return None


def no_option(parts: list[Any], index: int) -> bool | None:
    values = parts[index].get("values")
    if not values or {v["value"] for v in values} <= {"true", "false", True, False}:
        return False
    values.pop()
    return None


def shown(parts: list[Any], index: int) -> None:
    parts[index]["layout"] = {"row": "Row_other", "columns": 4}


def new_field(parts: list[Any], index: int) -> None:
    parts.insert(index, {"type": "textfield", "key": "new_question", "label": "New?"})


def validate(parts: list[Any], index: int) -> None:
    parts[index].setdefault("validate", {})["maxLength"] = 77


def field_clause(parts: list[Any], index: int) -> None:
    properties = parts[index].setdefault("properties", {})
    properties["source.clause"] = f"ZZ-99,{properties.get('source.clause', '')}"


def hint(parts: list[Any], index: int) -> None:
    parts[index]["description"] = "Another hint."
