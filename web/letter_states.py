"""How the states of a letter are called."""

from collections.abc import Mapping

LETTER_STATES: Mapping[str, str] = {
    "ready": "Ready to print or send",
    "sending": "Being sent",
    "failed": "Failed",
    "bounced": "Came back",
    "sent": "Sent",
    "printed": "Printed",
}
