"""The way to the mail server: who sends, through which server, and what the server said."""

import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Literal
from urllib.parse import unquote, urlsplit

from engine.errors import Invalid
from engine.outbox.addressing import email_in

PATIENCE = 20  # seconds to wait for the server's next word
_PORTS = {"smtp": 25, "smtps": 465}
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_PERMANENT = 500

Said = Literal["accepted", "later", "bounced", "refused"]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came of handing a letter over; `problem` is a sentence without address or text."""

    said: Said
    problem: str | None = None
    is_reachable: bool = True  # the server itself answered


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A letter as it goes to the server; `message_id` is the same however often it is sent."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Post:
    """A mail server, and the address that letters come from."""

    host: str
    port: int
    sender: str
    is_encrypted: bool = False
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Post | None":
        """Read FRONTDOOR_SMTP_URL and FRONTDOOR_MAIL_FROM; None where no e-mail is to be sent."""
        address = environ.get("FRONTDOOR_SMTP_URL")
        if not address:
            return None
        sender = email_in(environ.get("FRONTDOOR_MAIL_FROM"))
        if sender is None:
            raise Invalid("FRONTDOOR_MAIL_FROM must be the e-mail address that letters come from")
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError:
            raise Invalid(_WRITE_IT) from None
        if parts.scheme not in _PORTS or not parts.hostname:
            raise Invalid(_WRITE_IT)
        return cls(
            host=parts.hostname,
            port=port or _PORTS[parts.scheme],
            sender=sender,
            is_encrypted=parts.scheme == "smtps",
            user=None if parts.username is None else unquote(parts.username),
            password=None if parts.password is None else unquote(parts.password),
        )

    @property
    def domain(self) -> str:
        """Where letters come from: the second half of their message ids."""
        return self.sender.rpartition("@")[2]

    def hand_over(self, mail: Mail) -> Answer:
        """Hand a letter to the server and say what it said."""
        try:
            server = self._open()
        except smtplib.SMTPAuthenticationError:
            return Answer(said="later", problem="The mail server refused our sign-in.")
        except (OSError, smtplib.SMTPException):
            return Answer(
                said="later", problem="The mail server could not be reached.", is_reachable=False
            )
        try:
            server.send_message(_message(self.sender, mail), self.sender, [mail.to])
        except smtplib.SMTPRecipientsRefused as refused:
            return _recipient_refused(refused)
        except smtplib.SMTPResponseException as refused:
            return _refused(refused.smtp_code)
        except (OSError, smtplib.SMTPException):
            return Answer(said="later", problem="The mail server broke off.")
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
        return Answer(said="accepted")

    def _open(self) -> smtplib.SMTP:
        secure = ssl.create_default_context()
        if self.is_encrypted:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=PATIENCE, context=secure
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=PATIENCE)
        try:
            self._greet(server, secure)
        except BaseException:
            server.close()
            raise
        return server

    def _greet(self, server: smtplib.SMTP, secure: ssl.SSLContext) -> None:
        server.ehlo()
        is_safe = self.is_encrypted or self.host in _LOCAL
        if not self.is_encrypted and server.has_extn("starttls"):
            server.starttls(context=secure)
            server.ehlo()
            is_safe = True
        if self.user is not None:
            if not is_safe:
                raise smtplib.SMTPException("no password over a line that is not encrypted")
            server.login(self.user, self.password or "")


_WRITE_IT = "FRONTDOOR_SMTP_URL must be written like smtps://user:password@mail.example.org:465"


def _message(sender: str, mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Message-ID"] = mail.message_id
    message["Date"] = format_datetime(mail.at)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


def _recipient_refused(refused: smtplib.SMTPRecipientsRefused) -> Answer:
    code = max((code for code, _ in refused.recipients.values()), default=_PERMANENT)
    if code >= _PERMANENT:
        return Answer(said="bounced", problem=f"The mail server refused the address ({code}).")
    return Answer(
        said="later", problem=f"The mail server could not take mail for the address ({code})."
    )


def _refused(code: int) -> Answer:
    if code >= _PERMANENT:
        return Answer(said="refused", problem=f"The mail server refused the letter ({code}).")
    return Answer(said="later", problem=f"The mail server asked us to come back later ({code}).")
