"""What rules report, and the error that carries a file's problems to a caller."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.definitions.model import Problem, Severity
from engine.errors import Invalid

FILE_RULES = {
    "file_size": "A file has at most 1 MB and 40,000 XML elements, a diagram 20,000.",
    "file_encoding": "A file is text in UTF-8, and says so if it says anything.",
    "hidden_characters": "No invisible, control or direction-changing character is in a file.",
    "file_xml": "A diagram or table is well-formed XML of its kind, at most 60 elements deep.",
    "file_doctype": "A file has no DOCTYPE, which could add content that nobody reads.",
    "file_instructions": "A file has no processing instructions.",
    "comment_in_text": "No comment stands inside a text: readers and programs would see two texts.",
    "file_json": "A form is JSON: no NaN, no huge number, no key twice, and a list of components.",
    "file_toml": "Settings are TOML.",
    "dmn": "A decision table can be read: its FEEL, its hit policy, its size.",
    "vocabulary_file": "vocabulary.toml has every table that the rules ask.",
    "clauses_file": "clauses.csv has its eight columns in order, and every clause once.",
    "authority_file": "authority.toml has its names, labels, hours and roles, and nothing unknown.",
    "missing_file": "An authority has authority.toml and clauses.csv, and there is a vocabulary.",
    "folder_name": "An authority's folder is named in small letters, digits and _.",
    "file_place": "Diagrams, forms and tables lie where they are looked for.",
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a rule has found: where, and a sentence for the author; `file` if not the one given."""

    element: str | None
    message: str
    file: str | None = None


def problem_of(finding: Finding, *, file: str, rule: str, severity: Severity) -> Problem:
    """The finding as a problem, on one line: text from a file never forges a line of a list."""
    return Problem(
        file=finding.file or file,
        element=" ".join((finding.element or "").split()) or None,
        severity=severity,
        rule=rule,
        message=" ".join(finding.message.split()),
    )


class Unusable(Invalid):
    """Files that cannot be used as they are; `problems` says why, all of it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(_line(problem) for problem in self.problems))


def unreadable(file: str, rule: str, message: str, element: str | None = None) -> Unusable:
    """The error for a file that one sentence settles."""
    finding = Finding(element=element, message=message)
    return Unusable([problem_of(finding, file=file, rule=rule, severity="error")])


def _line(problem: Problem) -> str:
    where = f"{problem.file}:{problem.element}" if problem.element else problem.file
    return f"{where}: {problem.message}"
