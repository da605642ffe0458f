"""An issue form with photos, text, Word files or a 档案包 becomes a request, all through what ``receive`` does."""

from __future__ import annotations
