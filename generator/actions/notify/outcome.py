"""What may become of a message: it arrived, it did not, or nobody knows."""

from __future__ import annotations


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
