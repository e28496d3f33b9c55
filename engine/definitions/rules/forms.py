"""Forms: components that can be shown to staff safely, with keys that cannot harm a case."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import re2

from engine.definitions.forms import MAX_DEPTH
from engine.definitions.problems import Finding
from engine.definitions.words import PLACEHOLDER, problem_with

MAX_COMPONENTS = 500
MAX_TEXT = 20_000
MAX_CHOICES = 200
MAX_PATTERN = 500

CHOICES = ("radio", "select", "checklist", "taglist")
FILES = "filepicker"
FIELDS = ("textfield", "textarea", "number", "datetime", "checkbox", FILES, *CHOICES)
CONTAINERS = ("group", "dynamiclist")
_SHOWN = ("text", "separator")
_IGNORED = ("button", "spacer")
_VALIDATION: Mapping[str, type | tuple[type, ...]] = {
    "required": bool, "minLength": int, "maxLength": int, "min": (int, float), "max": (int, float),
    "pattern": str, "patternErrorMessage": str, "validationType": str,
}  # fmt: skip
_SUBTYPES = ("date", "time", "datetime")
_TYPES = ("phone", "email", "custom")
_LINK = re.compile(r"\]\(\s*<?\s*([^)\s>]*)")
_SAFE_LINK = re.compile(r"https://|/|#|mailto:")
_TAG = re.compile(r"<[A-Za-z/!?]")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A component of a form, and the list around it if it stands in one."""

    data: Mapping[str, Any]
    scope: str | None
    depth: int

    @property
    def type(self) -> str:
        """The form-js type."""
        return str(self.data.get("type", ""))[:60]

    @property
    def key(self) -> str | None:
        """The variable it fills: `path` of a dynamiclist, `key` of everything else."""
        value = self.data.get("path" if self.type == "dynamiclist" else "key")
        return value if isinstance(value, str) else None

    @property
    def name(self) -> str | None:
        """How a problem names it: by its key, else its id, else its type."""
        identifier = self.data.get("id")
        return self.key or (identifier[:60] if isinstance(identifier, str) else self.type) or None


def parts(components: list[Any]) -> list[Part]:
    """Every component of a form in page order, with those inside groups and lists."""
    found: list[Part] = []
    pending: list[tuple[Any, str | None, int]] = [(item, None, 1) for item in components[::-1]]
    while pending and len(found) <= MAX_COMPONENTS:
        item, scope, depth = pending.pop()
        part = Part(data=item if isinstance(item, Mapping) else {}, scope=scope, depth=depth)
        found.append(part)
        inner = part.data.get("components")
        inside = part.key if part.type == "dynamiclist" else scope
        if isinstance(inner, list):
            pending.extend((child, inside, depth + 1) for child in inner[::-1])
    return found


def form_limits(form: list[Part]) -> Iterator[Finding]:
    """A form has at most 500 components, 5 deep, with 200 choices and 20,000 letters each."""
    if len(form) > MAX_COMPONENTS:
        message = f"The form has more than {MAX_COMPONENTS} components. Make several forms of it."
        yield Finding(element=None, message=message)
    for part in form:
        if part.depth == MAX_DEPTH + 1:
            message = f"Components are nested more than {MAX_DEPTH} deep. Take a group away."
            yield Finding(element=part.name, message=message)
        values = part.data.get("values")
        if isinstance(values, list) and len(values) > MAX_CHOICES:
            message = f"The field offers more than {MAX_CHOICES} choices. Ask in two steps."
            yield Finding(element=part.name, message=message)
        if any(isinstance(v, str) and len(v) > MAX_TEXT for v in part.data.values()):
            message = f"A text of the component is longer than {MAX_TEXT:,} letters. Shorten it."
            yield Finding(element=part.name, message=message)


def known_components(form: list[Part]) -> Iterator[Finding]:
    """Only components that are shown and checked: no HTML, images, frames, scripts."""
    known = (*FIELDS, *CONTAINERS, *_SHOWN, *_IGNORED)
    for part in form:
        if part.type not in known:
            shown = part.type or "no type"
            message = f"The component {shown!r} is not shown: use {', '.join(known[:-2])}."
            yield Finding(element=part.name, message=message)
        elif part.type == "datetime" and part.data.get("subtype") not in _SUBTYPES:
            message = f"A datetime needs a subtype: {', '.join(_SUBTYPES)}."
            yield Finding(element=part.name, message=message)
        elif part.type == "dynamiclist" and part.scope:
            message = "A list stands inside a list. Ask for it in a form of its own."
            yield Finding(element=part.name, message=message)
        elif part.type == FILES and part.scope:
            message = "Files cannot be asked for inside a list. Ask for them beside it."
            yield Finding(element=part.name, message=message)
        elif part.type == "group" and part.data.get("path"):
            message = "A group with a path hides its fields in a context. Delete the path."
            yield Finding(element=part.name, message=message)


def ignored_components(form: list[Part]) -> Iterator[Finding]:
    """Buttons and spacers are not shown: the page has its own button."""
    for part in form:
        if part.type in _IGNORED:
            yield Finding(element=part.name, message=f"A {part.type} is not shown. Delete it.")


def field_keys(form: list[Part]) -> Iterator[Finding]:
    """A field's key is a variable in snake_case that no other field of the form fills."""
    seen: set[tuple[str | None, str]] = set()
    for part in form:
        if part.type not in (*FIELDS, "dynamiclist"):
            continue
        slot = "path" if part.type == "dynamiclist" else "key"
        problem = problem_with(part.key or "")
        if problem:
            yield Finding(element=part.name, message=f"The {slot} {problem}.")
        elif (part.scope, part.key or "") in seen:
            message = f"The {slot} {part.key!r} is given twice. Rename one."
            yield Finding(element=part.name, message=message)
        seen.add((part.scope, part.key or ""))


def field_labels(form: list[Part]) -> Iterator[Finding]:
    """Every field has a label, or nobody knows what it asks."""
    for part in form:
        labels = (part.data.get(name) for name in ("label", "dateLabel", "timeLabel"))
        if part.type in (*FIELDS, "dynamiclist") and not any(labels):
            yield Finding(element=part.name, message="The field has no label: write its question.")


def field_options(form: list[Part]) -> Iterator[Finding]:
    """A choice lists its `values`, each once, each with a label; it does not compute them."""
    for part in form:
        if any(part.data.get(name) for name in ("valuesKey", "valuesExpression")):
            message = "The choices are computed. List them in values."
            yield Finding(element=part.name, message=message)
        elif part.type in CHOICES:
            for problem in _option_problems(part.data.get("values")):
                yield Finding(element=part.name, message=problem)


def _option_problems(values: Any) -> Iterator[str]:
    if not isinstance(values, list) or not values:
        yield "The field offers nothing: list its values."
        return
    seen: list[Any] = []
    for entry in values:
        value = entry.get("value") if isinstance(entry, Mapping) else None
        if not isinstance(value, str | bool | int) or value == "":
            yield "A choice has no value: give each a value and a label."
        elif not entry.get("label"):
            yield f"The choice {str(value)[:60]!r} has no label."
        elif value in seen:
            yield f"The choice {str(value)[:60]!r} is given twice."
        seen.append(value)


def field_validation(form: list[Part]) -> Iterator[Finding]:
    """Checks of a field are plain numbers and simple patterns, so that they always end."""
    for part in form:
        validation = part.data.get("validate", {})
        if not isinstance(validation, Mapping):
            yield Finding(element=part.name, message="validate is no object.")
            continue
        for name, value in validation.items():
            problem = _validation_problem(str(name)[:60], value)
            if problem:
                yield Finding(element=part.name, message=problem)


def _validation_problem(name: str, value: Any) -> str | None:
    expected = _VALIDATION.get(name)
    if expected is None:
        return f"validate.{name} does nothing here. Delete it."
    if isinstance(value, bool) is not (expected is bool) or not isinstance(value, expected):
        return f"validate.{name} is {str(value)[:60]!r}, which is not of the right type."
    if name == "validationType" and value not in _TYPES:
        return f"validate.validationType is {str(value)[:60]!r}; write one of: {', '.join(_TYPES)}."
    if name == "pattern":
        return _pattern_problem(str(value))
    return None


def _pattern_problem(pattern: str) -> str | None:
    if len(pattern) > MAX_PATTERN:
        return f"validate.pattern is longer than {MAX_PATTERN} letters. Write a simpler one."
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    try:
        re2.compile(pattern, options)
    except re2.error:
        return "validate.pattern is no simple regular expression: no look-ahead, no references."
    return None


def field_defaults(form: list[Part]) -> Iterator[Finding]:
    """A default value fits its field: one of the choices, a truth value, a number, a text."""
    for part in form:
        default = part.data.get("defaultValue")
        if default is not None and not _fits(part, default):
            message = f"The default {str(default)[:60]!r} is no answer that the field can have."
            yield Finding(element=part.name, message=message)


def _fits(part: Part, default: Any) -> bool:
    if part.type in CHOICES:
        offered = [e.get("value") for e in part.data.get("values") or () if isinstance(e, Mapping)]
        many = part.type in ("checklist", "taglist")
        chosen = default if many and isinstance(default, list) else [default]
        return isinstance(default, list) is many and all(
            value in offered or (isinstance(value, bool) and str(value).lower() in offered)
            for value in chosen
        )
    if part.type == "checkbox":
        return isinstance(default, bool)
    if part.type == "number":
        return isinstance(default, str | int | float) and not isinstance(default, bool)
    return part.type != FILES and (isinstance(default, str) or part.type in CONTAINERS)


def plain_text(form: list[Part]) -> Iterator[Finding]:
    """Texts are text: no FEEL but `{{variable}}`, no HTML or images, links go to web pages."""
    for part in form:
        for slot in ("label", "dateLabel", "timeLabel", "description", "text"):
            value = part.data.get(slot)
            problem = _text_problem(value) if isinstance(value, str) else None
            if problem:
                yield Finding(element=part.name, message=f"The {slot} {problem}")


def _text_problem(text: str) -> str | None:
    if text.lstrip().startswith("="):
        return "is FEEL, which is not computed there. Write plain text."
    if "{{" in PLACEHOLDER.sub("", text):
        return "has {{ }} around more than the name of a variable. Write {{variable}}."
    if _TAG.search(text):
        return "has HTML, which is not shown. Write Markdown."
    if "![" in text:
        return "has an image, which is not shown. Describe it."
    for target in _LINK.findall(text):
        if not _SAFE_LINK.match(target):
            return f"has a link to {target[:40]!r}. Links begin with https:// or /."
    return None
