"""Deliver a message; retry only what certainly failed, never what may have arrived."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from generator.actions.notify.message import Fitted, Message

PAUSES = (2.0, 8.0)
"""Seconds before the second and the third attempt, unless the service asks for more."""


class NotDeliveredError(Exception):
    """The receiver has not got the message, for certain. The text is Chinese and holds no secret.

    again: trying again may help.   wait: seconds to wait first, where the service said so.
    """

    def __init__(self, words: str, *, again: bool = False, wait: float | None = None) -> None:
        super().__init__(words)
        self.again = again
        self.wait = wait


class UnknownOutcomeError(Exception):
    """The message was handed over and no answer came: it may have arrived. Trying again might send it twice."""


class Channel(Protocol):
    """A way to send."""

    @property
    def name(self) -> str:
        """Return its Chinese name."""

    def fit_message(self, message: Message) -> Fitted:
        """Return the text that will be sent."""

    def send_message(self, message: Message) -> None:
        """Send once. Raises NotDeliveredError or UnknownOutcomeError."""


def deliver_message(
    channel: Channel, message: Message, *, sleep: Callable[[float], None], report: Callable[[str], None]
) -> None:
    """Send a message, again after a pause while that is safe. Raises what the last attempt raised."""
    for pause in (*PAUSES, None):
        try:
            channel.send_message(message)
        except NotDeliveredError as error:
            if not error.again or pause is None:
                raise
            seconds = max(pause, error.wait or 0)
            report(f"{error}；{seconds:g} 秒后再试")
            sleep(seconds)
        else:
            return
