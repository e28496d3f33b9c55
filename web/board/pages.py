"""What the board's pages show and hand out, gathered from the engine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from engine import board, deploy
from engine.board import BUCKETS, MOST, Board, Trend, Wanted
from engine.definitions.model import AuthorityDefinition, ProcessDefinition
from engine.errors import Invalid, NotFound
from engine.exports import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx
from engine.people import Actor
from engine.runtime.lines import DeadlineLine
from web.diagrams import Step, steps
from web.filters import LONDON

MOST_EXPORTED = 5_000
HEAT: Mapping[str, str] = {  # a bucket as a state of the diagram
    "overdue": "overdue",
    "two_hours": "left_two_hours",
    "day": "left_day",
    "three_days": "left_three_days",
    "later": "left_later",
}
KINDS = {"csv": CSV_TYPE, "xlsx": XLSX_TYPE}


@dataclass(frozen=True, kw_only=True)
class Heat:
    """A diagram by the time left at its activities."""

    definition: AuthorityDefinition
    process: ProcessDefinition
    states: Mapping[str, str]
    steps: tuple[Step, ...]
    processes: tuple[tuple[str, str], ...]  # the diagrams that have limits, with their names


def wanted(given: Mapping[str, str]) -> Wanted:
    """Read from the address which clocks are wanted. Raises Invalid for a week that is no date."""
    week = given.get("missed_in")
    try:
        monday = date.fromisoformat(week) if week else None
    except ValueError:
        raise Invalid("The week is no date; choose one on the board.") from None
    return Wanted(
        process_id=given.get("process"),
        element_id=given.get("limit"),
        bucket=given.get("left"),
        missed_in=monday,
        after=given.get("after"),
    )


def heat(session: Session, authority: str, process_id: str, *, by: Actor, now: datetime) -> Heat:
    """Give a diagram's heat map. Raises NotFound when there is no such diagram or board."""
    seen = board.board(session, authority, by=by, now=now)
    definition = deploy.current_definition(session, authority)
    process = definition.processes.get(process_id)
    if process is None:
        raise NotFound(f"{definition.name} has no diagram of that name.")
    states = {step: HEAT[bucket.id] for step, bucket in seen.heat(process_id).items()}
    return Heat(
        definition=definition,
        process=process,
        states=states,
        steps=steps(definition, process_id, states),
        processes=limited(definition),
    )


def capped(number: int) -> str:
    """A number of the board as a reader sees it: 12, or more than 1,000."""
    return f"{number:,}" if number <= MOST else f"{MOST:,}+"


def limited(definition: AuthorityDefinition) -> tuple[tuple[str, str], ...]:
    """The diagrams that have limits of the authority's own, with their names."""
    return tuple(
        (process.id, process.name or process.id)
        for process in definition.processes.values()
        if any(element.deadline_name for element in process.elements.values())
    )


def exported(kind: str, title: str, columns: list[str], rows: Iterable[list[object]]) -> bytes:
    """A table to take away. Raises NotFound for a kind of file that is not made."""
    if kind not in KINDS:
        raise NotFound("The board is handed out as csv or xlsx.")
    if kind == "csv":
        return as_csv(columns, rows)  # type: ignore[arg-type] # cells are texts and numbers
    return as_xlsx(title, columns, rows)  # type: ignore[arg-type]


def board_table(found: Board) -> tuple[list[str], list[list[object]]]:
    """The board as columns and rows."""
    columns = ["Limit", "Clauses", "Strength", "Step", "Team", *(b.label for b in BUCKETS)]
    rows: list[list[object]] = [
        [
            line.limit,
            ", ".join(line.clauses),
            line.strength,
            line.step,
            line.team,
            *(line.counts[bucket.id] for bucket in BUCKETS),
        ]
        for line in found.lines
    ]
    return columns, rows


def trend_table(found: Iterable[Trend]) -> tuple[list[str], list[list[object]]]:
    """The trend as columns and rows, a row for each limit and week."""
    rows: list[list[object]] = [
        [line.limit, ", ".join(line.clauses), week.monday.date().isoformat(), week.met, week.missed]
        for line in found
        for week in line.weeks
    ]
    return ["Limit", "Clauses", "Week from", "Met", "Missed"], rows


def cases_table(lines: Iterable[DeadlineLine]) -> tuple[list[str], list[list[object]]]:
    """Clocks as columns and rows; a case by its reference, a child not at all."""
    rows: list[list[object]] = [
        [
            line.reference,
            line.label,
            ", ".join(line.clauses),
            line.strength,
            f"{line.due_at.astimezone(LONDON):%Y-%m-%d %H:%M}",
            line.state,
        ]
        for line in lines
    ]
    return ["Case", "Limit", "Clauses", "Strength", "Due", "State"], rows
