"""Sending with patience: what certainly did not arrive is tried again, what may have arrived never."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from generator.actions.notify.message import Fitted, Message
from generator.actions.notify.outcome import NotDeliveredError

PAUSES = (2.0, 8.0)
"""Seconds before the second and the third attempt, unless the service asks for more."""


class Channel(Protocol):
    """A way to send."""

    @property
    def name(self) -> str:
        """Return its Chinese name."""

    def fitted(self, message: Message) -> Fitted:
        """Return the text that will be sent."""

    def send(self, message: Message) -> None:
        """Send once. Raises NotDeliveredError or UnknownOutcomeError."""


def deliver(
    channel: Channel, message: Message, *, sleep: Callable[[float], None], tell: Callable[[str], None]
) -> None:
    """Send a message, again after a pause while that is safe. Raises what the last attempt raised."""
    for pause in (*PAUSES, None):
        try:
            channel.send(message)
        except NotDeliveredError as error:
            if not error.again or pause is None:
                raise
            seconds = max(pause, error.wait or 0)
            tell(f"{error}；{seconds:g} 秒后再试")
            sleep(seconds)
        else:
            return
