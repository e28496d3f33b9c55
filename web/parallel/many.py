"""The pages of many referrals: start a simulation, see how far it is, and what it counted."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import current_app, render_template, request
from werkzeug.datastructures import MultiDict

from engine import parallel, simulations
from engine.definitions.model import AuthorityDefinition
from engine.errors import Invalid, NotFound
from engine.parallel import Figure
from engine.scenarios import Scenario
from engine.simulations import SimulationLine
from web import clock, ids
from web.auth import actor
from web.database import reading, writing
from web.parallel import background, library
from web.parallel.asking import Words, contact_words, deployed, picked

MOST = 5_000  # contacts that one simulation of the pages plays
SHOWN = 100  # referrals that one page lists
TITLES = {
    "differ": "How often the outcomes differ",
    "pairs": "Between which authorities",
    "facts": "With which facts",
    "first": "Where they part first",
    "outcomes": "Outcomes of each authority",
    "out_of_hours": "Limits that end outside office hours",
    "day_off": "Limits that end on a day that is no working day",
    "missed": "Limits that were missed",
    "stopped": "Answers that are not an option there",
}


def form(problem: str | None = None) -> str:
    """Show what can be played, and the person's own simulations."""
    with reading() as store:
        known = deployed(store)
        own = simulations.own(store, by=actor(), now=clock.now())
    return render_template(
        "parallel/many.html",
        known=known,
        chosen=picked(known, (request.form or request.args).getlist("authority")),
        own=own,
        scenarios=len(library.everything(known)),
        most=MOST,
        year=clock.now().year + 1,
        typed=request.form,
        problem=problem,
    )


def start() -> int:
    """Start what the posted form asks for, and return its number.

    Raises Invalid for a number that will not do, OneAtATime while another still runs.
    """
    settings = _settings(request.form)
    with writing() as store:
        known = deployed(store)
        chosen = picked(known, settings["authorities"])
        settings["authorities"] = list(chosen)
        total, referrals = _referrals(settings, known)
        number = simulations.start(store, settings, total=total, by=actor(), now=clock.now())
    database = current_app.extensions["frontdoor.database"]
    background.begin(database, number, chosen, referrals)
    return number


def load(number: int) -> SimulationLine:
    """Return a simulation, for whoever is signed in."""
    with reading() as store:
        return simulations.read(store, number, by=actor(), now=clock.now())


def show(found: SimulationLine) -> str:
    """Show how far a simulation is, or its figures; the progress alone where the script asks."""
    part = "_progress" if "part" in request.args else "simulation"
    return render_template(
        f"parallel/{part}.html",
        found=found,
        figures=figures(found),
        titles=TITLES,
        sources=parallel.sources(),
        about=about(found.settings),
    )


def figures(found: SimulationLine) -> dict[str, list[Figure]]:
    """Return the figures of a simulation in the order in which they are read."""
    result: Mapping[str, Any] = found.result or {}
    wanted = [
        key
        for key in TITLES
        if result.get(key) and (key != "missed" or found.settings.get("takes"))
    ]
    return {key: [Figure.from_json(entry) for entry in result[key]] for key in wanted}


def listed(found: SimulationLine, key: str, page: int) -> str:
    """Show the referrals that a figure counts, each with the words of its own page."""
    several = (figure for group in figures(found).values() for figure in group)
    figure = next((figure for figure in several if figure.key == key), None)
    if figure is None:
        raise NotFound("There is no such figure.")
    ids = figure.ids[(page - 1) * SHOWN : page * SHOWN]
    authorities = found.settings["authorities"]
    return render_template(
        "parallel/figure.html",
        found=found,
        figure=figure,
        title=TITLES[key.partition(".")[0]],
        referrals=[(id_, _words(found.settings, id_, authorities)) for id_ in ids],
        page=page,
        pages=-(-figure.count // SHOWN),
    )


def about(settings: Mapping[str, Any]) -> str:
    """Say in words what a simulation plays."""
    if settings["of"] == "scenarios":
        return "All scenarios of the procedures"
    office = settings.get("office_share")
    spread = (
        "spread evenly over the year"
        if office is None
        else f"{round(office * 100)} % of them in office hours"
    )
    takes = ", people take their time" if settings.get("takes") else ""
    return f"Sampled contacts of {settings['year']}, seed {settings['seed']}, {spread}{takes}"


def _words(settings: Mapping[str, Any], id_: str, authorities: list[str]) -> Words:
    if settings["of"] == "scenarios":
        return {"scenario": [id_], "authority": authorities}
    return {"contact": [contact_words(settings, id_)], "authority": authorities}


def _settings(boxes: MultiDict[str, str]) -> dict[str, Any]:
    settings: dict[str, Any] = {"authorities": boxes.getlist("authority")}
    if boxes.get("of") == "scenarios":
        return {**settings, "of": "scenarios"}
    office = boxes.get("office_share", "").strip()
    share = _number(office, "the share in office hours", range(101)) / 100 if office else None
    return {
        **settings,
        "of": "year",
        "year": _number(boxes.get("year", ""), "the year", range(2000, 2100)),
        "contacts": _number(boxes.get("contacts", ""), "the contacts", range(1, MOST + 1)),
        "seed": _number(boxes.get("seed", "1"), "the seed", range(1_000_000)),
        "office_share": share,
        "takes": boxes.get("takes") == "yes",
    }


def _number(text: str, name: str, allowed: range) -> int:
    cleaned = text.strip().replace(",", "")
    found = ids.number(cleaned)
    if found is None or found not in allowed:
        raise Invalid(f"Enter {name} as a number from {allowed[0]} to {allowed[-1]:,}.")
    return found


def _referrals(
    settings: Mapping[str, Any], known: Mapping[str, AuthorityDefinition]
) -> tuple[int, Iterable[tuple[str, Scenario]]]:
    if settings["of"] == "scenarios":
        found = library.everything(known)
        if not found:
            raise Invalid("There are no scenarios beside the procedures.")
        return len(found), found
    year = parallel.Year(
        year=settings["year"],
        contacts=settings["contacts"],
        seed=settings["seed"],
        office_share=settings["office_share"],
        takes=settings["takes"],
    )
    vocabulary = next(iter(known.values())).vocabulary
    return year.contacts, parallel.sampled(vocabulary, year)
