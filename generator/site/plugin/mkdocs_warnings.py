"""Collect what MkDocs and its plugins warn of while a site is built."""

from __future__ import annotations

import logging


class Warnings(logging.Handler):
    """Collects what MkDocs and its plugins warn of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def start_listening(self, *, strict: bool) -> None:
        """Start afresh with MkDocs' log."""
        logger = logging.getLogger("mkdocs")
        self.messages.clear()
        if strict and logger.level > logging.WARNING:
            # `mkdocs build --quiet --strict` would neither show nor count warnings: let them count.
            for handler in logger.handlers:
                handler.setLevel(max(handler.level, logger.level))
            logger.setLevel(logging.WARNING)
        if self not in logger.handlers:
            logger.addHandler(self)

    def stop_listening(self) -> None:
        """Stop listening; the messages stay."""
        logging.getLogger("mkdocs").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Note one message."""
        self.messages.append(record.getMessage())
