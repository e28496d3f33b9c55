"""Takes what is known of children into the boxes of a contact that is begun."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from engine import drafts, intake, search_terms
from engine.intake import KnownChild, Sought
from engine.people import Actor
from web import clock
from web.forms import Boxes, fill, submit
from web.intake import starting
from web.intake.starting import CASE_STATUS, CHILDREN, EXTRAS, KNOWN_FROM, Start


def joined(
    store: Session,
    page: Start,
    sought: Sought,
    keys: Sequence[str],
    *,
    is_new: bool,
    by: Actor,
) -> Boxes:
    """The boxes of the contact with the chosen children in them; what was typed before stays."""
    draft = drafts.find_intake(store, page.authority, by) if sought.adds else None
    boxes = dict(draft.boxes) if draft else starting.first_boxes(page, now=clock.now())
    before = boxes.get(KNOWN_FROM, [])
    known = intake.known_children(store, [key for key in keys if key not in before], by=by)
    entries = [dict(child.entry) for child in known] + ([sought.entry] if is_new else [])
    boxes[KNOWN_FROM] = [*before, *(child.child.key for child in known)]
    family = _family(page, known, sought if is_new else None)
    return _with_children(page, _with_family(page, boxes, family), entries)


def _with_family(page: Start, boxes: Boxes, family: dict[str, str]) -> Boxes:
    """What is known of the family, where nothing was typed yet."""
    extras = list(boxes.get(EXTRAS, []))
    for key, text in family.items():
        if key in page.askable and not any(boxes.get(key, [])):
            boxes[key] = [text]
            extras.append(key)
    boxes[EXTRAS] = list(dict.fromkeys(extras))
    return boxes


def _with_children(page: Start, boxes: Boxes, entries: list[dict[str, str]]) -> Boxes:
    if CHILDREN not in page.askable:
        return boxes
    field = starting.asked_as(page, CHILDREN)
    form = starting.with_fields(page.form, (field,))
    typed = submit(form, boxes, {}, zone=page.zone).answers.get(CHILDREN) or []
    boxes.update(fill((field,), {CHILDREN: [*typed, *entries]}, zone=page.zone))
    boxes[EXTRAS] = list(dict.fromkeys([CHILDREN, *boxes.get(EXTRAS, [])]))
    return boxes


def _family(page: Start, known: Sequence[KnownChild], new: Sought | None) -> dict[str, str]:
    """Where they live, with whom, and (as a suggestion only) whether a case is known."""
    addresses = [child.address for child in known] + [new.address if new else ""]
    households = [child.household for child in known]
    found = {
        **dict.fromkeys(search_terms.ADDRESS_KEYS, next(filter(None, addresses), "")),
        **dict.fromkeys(search_terms.HOUSEHOLD_KEYS[:1], next(filter(None, households), "")),
    }
    here = [child.child.case for child in known if child.child.case.authority == page.authority]
    if here:
        is_open = any(case.is_open for case in here)
        found[CASE_STATUS] = "open" if is_open else "previously_known"
    return {key: text for key, text in found.items() if text}
