"""Build the site with MkDocs; the only importer of mkdocs."""

from __future__ import annotations

from generator.site.plugin.hooks import PairingPlugin
from generator.site.plugin.run import BuildFailed, Built, build_preview, build_site, merge_parts, serve_site

__all__ = [
    "BuildFailed",
    "Built",
    "PairingPlugin",
    "build_preview",
    "build_site",
    "merge_parts",
    "serve_site",
]
