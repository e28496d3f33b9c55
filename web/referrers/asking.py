"""What the open page asks: words of the vocabulary, as somebody outside the service says them."""

from dataclasses import dataclass
from typing import Any

from engine.casework.answers import is_hidden
from engine.definitions.model import AuthorityDefinition, Field, Form, Option
from engine.intake import recipient_of
from engine.search_terms import ADDRESS_KEYS

KINDS = {
    "professional": "A professional, because of my work",
    "public": "A member of the public",
    "family": "A member of the family",
    "child": "The child or young person",
}
_YES_NO = (Option(value=True, label="Yes"), Option(value=False, label="No"))
_LINE = {"maxLength": 200}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The page for one kind of referrer in one authority."""

    definition: AuthorityDefinition
    kind: str
    form: Form

    @property
    def is_professional(self) -> bool:
        """Whether notices go to them as to a professional."""
        return recipient_of(self.kind) == recipient_of("professional")


def asked(definition: AuthorityDefinition, kind: str) -> Asked:
    """What this kind of referrer is asked there; what no form of the authority asks is not."""
    parts = (*_worry(definition, kind), _referrer(definition, kind))
    return Asked(definition=definition, kind=kind, form=Form(id="refer", file="", fields=parts))


def _worry(definition: AuthorityDefinition, kind: str) -> tuple[Field, ...]:
    address = next((key for key in ADDRESS_KEYS if _field(definition, key)), None)
    found = (
        Field(
            key="immediate_protection_needed",
            type="radio",
            label="Does a child need to be protected at once?",
            description="If a child is in danger now, call 999 before you go on.",
            required=True,
            options=_YES_NO,
            properties={"error.required": "Select whether a child needs to be protected at once"},
        ),
        Field(
            key="concern",
            type="textarea",
            label="What are you worried about?",
            description="What you have seen or heard, when and where. Your own words will do.",
            required=True,
            properties={"error.required": "Write what you are worried about"},
        ),
        _children(kind),
        _text("child_location_and_condition", "Where are the children now, and how are they?"),
    )
    home = _text(address, "Where do the children live?", "As much of the address as you know.")
    return (*found, home) if address else found


def _children(kind: str) -> Field:
    return Field(
        key="children",
        type="dynamiclist",
        properties={"entry.label": "Child"},
        label="You, and any other children it is about" if kind == "child" else
        "Which children is it about?",
        fields=(
            Field(key="name", type="textfield", label="Name", validation=_LINE,
                  description="If you do not know it, write what you know of the child."),
            Field(key="date_of_birth", type="datetime", subtype="date",
                  label="Date of birth, or the date on which the birth is expected"),
        ),
    )  # fmt: skip


def _referrer(definition: AuthorityDefinition, kind: str) -> Field:
    is_professional = kind == "professional"
    fields = [
        _line("referrer_name", "Your name", needed=is_professional),
        *([_line("referrer_agency", "Which organisation do you work for?", needed=True)]
          if is_professional else []),
        _line("referrer_contact", "How can we reach you safely?", needed=is_professional,
              hint="A telephone number or an e-mail address."),
        *([] if kind == "child" else
          [_line("referrer_relationship", "How do you know the children or the family?")]),
        *_identity(definition, kind),
    ]  # fmt: skip
    return Field(key=None, type="group", label="About you", fields=tuple(fields))


def _identity(definition: AuthorityDefinition, kind: str) -> list[Field]:
    """Whether the referrer may be named, where the procedure asks it of this kind of referrer."""
    questions = {"anonymity_requested": "Do you want to stay anonymous?"}
    if kind == "professional":
        shared = "May the family be told that you have told us?"
        questions["referrer_identity_may_be_shared"] = shared
    known = {"referrer_kind": kind}
    own = {key: _field(definition, key) for key in questions}
    return [
        Field(key=key, type="radio", label=label, options=_YES_NO)
        for key, label in questions.items()
        if (field := own[key]) is not None and not is_hidden(field, known)
    ]


def _field(definition: AuthorityDefinition, key: str) -> Field | None:
    fields = (field for form in definition.forms.values() for field in form.walk())
    return next((field for field in fields if field.key == key), None)


def _text(key: str | None, label: str, hint: str = "") -> Field:
    return Field(key=key, type="textarea", label=label, description=hint)


def _line(key: str, label: str, *, needed: bool = False, hint: str = "") -> Field:
    missing: dict[str, Any] = {"error.required": f"Answer “{label}”"}
    return Field(
        key=key,
        type="textfield",
        label=label,
        description=hint,
        required=needed,
        validation=_LINE,
        properties=missing,
    )
