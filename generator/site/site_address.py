"""Read the site's address from its configuration, and make addresses of its pages."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import yaml
import yaml_env_tag  # type: ignore[import-untyped]  # it has no stubs

VARIABLE = "PAIRING_SITE_URL"
CONFIGURATION = "mkdocs.yml"
_MOST_BYTES = 64 * 1024
_LONGEST = 300
_UNSAFE = re.compile(r"[\s<>\"'`\\^{|}\[\]()]")  # no address has them as they are, and Markdown reads them


class _Loader(yaml.SafeLoader):
    """YAML with MkDocs' ``!ENV``."""


yaml_env_tag.add_env_tag(_Loader)


def read_site_url(configuration: bytes | None) -> str:
    """Return the ``site_url`` of an ``mkdocs.yml``, with a final slash; "" where it has none that will do.

    Nothing else of the file is constructed. ``!ENV`` reads the environment, so the file must be a trusted one.
    """
    if configuration is None or len(configuration) > _MOST_BYTES:
        return ""
    try:
        loader = _Loader(configuration)
        try:
            root = loader.get_single_node()
            pairs = root.value if isinstance(root, yaml.MappingNode) else []
            found: Any = next(
                (loader.construct_object(v, deep=True) for k, v in pairs if k.value == "site_url"), ""
            )
        finally:
            loader.dispose()
    except (yaml.YAMLError, UnicodeDecodeError):
        return ""
    return normalise_address(found) if isinstance(found, str) else ""


def normalise_address(address: str) -> str:
    """Return an address with a final slash, or "" for what is none of a web site."""
    address = address.strip()
    try:
        parts = urlsplit(address)
        usable = (
            parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)
        )
    except ValueError:
        return ""
    if not usable or len(address) > _LONGEST or _UNSAFE.search(address) or not address.isprintable():
        return ""
    return address.rstrip("/") + "/"


def make_rule_url(site: str, slug: str) -> str:
    """Return the address of a rule's page, "" where the site's own is not known."""
    return f"{site}rules/{slug}/" if site else ""
