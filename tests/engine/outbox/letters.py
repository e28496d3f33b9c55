"""Cases with letters, and a mail server that says what it is told to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from engine.outbox.post import Post
from engine.store.database import Database
from engine.store.tables import Letter


def letters_of(database: Database, **wanted: object) -> list[Letter]:
    """The letters, the oldest first."""
    with database.reading() as session:
        return session.query(Letter).filter_by(**wanted).order_by(Letter.id).all()


@dataclass
class MailServer:
    """Accepts letters, unless an answer is set for the recipient or for the letter itself."""

    port: int = 0
    received: list[Message] = field(default_factory=list)
    to_recipient: str | None = None
    to_letter: str | None = None

    @property
    def post(self) -> Post:
        return Post(host="127.0.0.1", port=self.port, sender="office@example.test")

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_recipient is None:
            envelope.rcpt_tos.append(address)
        return self.to_recipient or "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.to_letter is None:
            self.received.append(message_from_bytes(envelope.content or b"", policy=default))
        return self.to_letter or "250 OK"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server on a port of its own."""
    handler = MailServer(port=free_port())
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
