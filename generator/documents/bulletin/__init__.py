"""The monthly bulletin 《基教管理》: composed from ledger and corpus as one value, laid out in five formats."""

from __future__ import annotations

from generator.documents.bulletin.bulletin_content import Bulletin
from generator.documents.bulletin.bulletin_month import collect_private_names, list_bulletin_months
from generator.documents.bulletin.compose_bulletin import compose_bulletin

__all__ = ["Bulletin", "collect_private_names", "compose_bulletin", "list_bulletin_months"]
