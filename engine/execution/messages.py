"""Messages: what is waited for is a name and a correlation key, fixed when the wait begins."""

from typing import Any

from engine.execution.events import MessageCaught
from engine.execution.limits import Variables
from engine.execution.steps import Activity
from engine.execution.tokens import STARTED, Token, failed


class Message:
    """The message of an event; without a key expression any key will do."""

    def __init__(self, name: str, key: str | None) -> None:
        self.name = name
        self.key = key

    def arm(self, token: Token, seen: Variables) -> None:
        """Fix the name and the key of the message that is waited for."""
        token.internal_data["message"] = self.name
        if self.key is not None:
            value = token.workflow.top_workflow.evaluate(token, self.key, seen)
            if value is None or isinstance(value, list | dict):
                raise failed(token, f"The correlation key '{self.key}' has no value")
            token.internal_data["key"] = _as_text(value)

    def fired(self, token: Token, seen: Variables) -> None:
        """Record that the message was caught."""
        top = token.workflow.top_workflow
        top.record(MessageCaught, token, token.data, message=self.name)

    def stopped(self, token: Token, seen: Variables) -> None:
        """Nothing to record."""

    def next_after(self, token: Token, armed: Token, seen: Variables) -> bool:
        """Wait for the same message again."""
        armed.internal_data.update(
            {
                name: token.internal_data[name]
                for name in ("message", "key")
                if name in token.internal_data
            }
        )
        return True


class ReceiveTask(Activity):
    """A task that waits for a message."""

    def __init__(self, *args: Any, trigger: Message, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trigger = trigger

    def begin(self, token: Token) -> bool:
        """Wait for the message."""
        token._set_state(STARTED)
        token.workflow.top_workflow.waiting[token.id] = token
        self.trigger.arm(token, token.data)
        return False

    def fire(self, token: Token, variables: Variables) -> None:
        """Complete the task with what came with the message."""
        token.workflow.top_workflow.waiting.pop(token.id)
        token.seen = {**token.data, **variables}
        token.workflow.top_workflow.record(
            MessageCaught, token, token.seen, message=self.trigger.name
        )
        token._ready()

    def withdrawn(self, token: Token) -> None:
        """Wait no longer."""
        token.workflow.top_workflow.waiting.pop(token.id, None)
        super().withdrawn(token)


def awaits(token: Token, message: str, key: object) -> bool:
    """Say whether the token waits for this message with this key."""
    waited = token.internal_data
    return waited.get("message") == message and (
        "key" not in waited or waited["key"] == _as_text(key)
    )


def _as_text(key: object) -> str:
    return str(key)
