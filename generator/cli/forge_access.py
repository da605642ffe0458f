"""The forge's repository that a workflow's environment names."""

from __future__ import annotations

import os

import click

from generator.actions.comments.forge_api import Forge


def open_forge() -> Forge:
    """Return the repository that the environment names. Raises a usage error where it names none, ForgeError for an unsafe address."""
    token, repository = os.environ.get("GITHUB_TOKEN", ""), os.environ.get("GITHUB_REPOSITORY", "")
    if not token or not repository:
        raise click.UsageError("先设环境变量 GITHUB_TOKEN 和 GITHUB_REPOSITORY")
    return Forge(
        api=os.environ.get("GITHUB_API_URL", "https://api.github.com"), repository=repository, token=token
    )
