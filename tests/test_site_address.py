"""The site's address: of the environment or a trusted configuration, and nothing that is no web address."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.cli.main import main
from generator.site.site_address import VARIABLE, make_rule_url, normalise_address, read_site_url
from tests.scratch_repository import commit, git
from tests.small_archive import activity, base


@pytest.mark.parametrize(
    ("address", "tidied"),
    [
        ("https://example.org/archive", "https://example.org/archive/"),
        (" http://example.org/ ", "http://example.org/"),
        ("https://档案.example/", "https://档案.example/"),
        ("", ""),
        ("example.org", ""),
        ("/archive/", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc", ""),
        ("https://", ""),
        ("https://[", ""),
        ("https://example.org/?a=1", ""),
        ("https://example.org/#a", ""),
        ("https://example.org/a b", ""),
        ("https://example.org/)<script>", ""),
        ("https://example.org/\u202eoff", ""),
        ("https://example.org/" + "a" * 300, ""),
    ],
)
def test_an_address_is_tidied_or_left(address: str, tidied: str) -> None:
    assert normalise_address(address) == tidied


@pytest.mark.parametrize(
    ("configuration", "address"),
    [
        ("site_url: https://example.org/a\n", "https://example.org/a/"),
        ("site_url: !ENV [NOT_SET_HERE, 'https://example.org/b']\n", "https://example.org/b/"),
        ("site_url: !ENV ELSEWHERE\n", "https://example.net/"),
        ("site_url: !ENV [NOT_SET_HERE, '']\n", ""),
        ("site_url: [https://example.org]\n", ""),
        ("site_url: !!python/name:os.system\n", ""),
        (
            "plugins: [!!python/object/apply:os.system [x]]\nsite_url: https://example.org/\n",
            "https://example.org/",
        ),
        ("site_url: https://example.org/\n---\n", ""),
        ("- a\n", ""),
        ("a: [\n", ""),
        ("", ""),
    ],
)
def test_a_configuration_is_asked_for_one_thing(
    configuration: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ELSEWHERE", "https://example.net")
    assert read_site_url(configuration.encode()) == address


def test_what_is_no_text_has_no_address() -> None:
    assert read_site_url(None) == ""
    assert read_site_url(b"\xff\xfe\x00") == ""
    assert read_site_url(b"site_url: https://example.org/\n" + b"#" * 70_000) == ""
    assert make_rule_url("", "date-format") == ""


def archive(root: Path, files: dict[str, str | bytes]) -> None:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content.encode() if isinstance(content, str) else content)


def pages(capsys: pytest.CaptureFixture[str], *arguments: str) -> set[str | None]:
    capsys.readouterr()
    main(["check", "--format", "json", "--as-of", "2021-02-20", *arguments])
    return {each.get("page") for each in json.loads(capsys.readouterr().out)}


def test_a_message_leads_to_its_rule_on_the_site_of_the_base(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    root = tmp_path / "archive"
    archive(root, base() | {"mkdocs.yml": "site_url: https://own.example/\n"})
    git(root, "init", "--quiet")
    commit(root, "Before")
    path = "records/yi/2021/02/10-visit/activity.md"
    record = activity("2021-02-10", partner="jia").replace("direction: host", "direction: 来访")
    archive(root, {path: record, "mkdocs.yml": "site_url: https://foreign.example/\n"})
    commit(root, "A submission that brings a configuration of its own")
    changed = ("--root", str(root), "--changed-since", "HEAD^")
    own = {"https://own.example/rules/field-value/"}
    assert (
        pages(capsys, *changed)
        & {f"{site}rules/field-value/" for site in ("https://own.example/", "https://foreign.example/")}
        == own
    )
    beside = tmp_path / "beside"
    archive(beside, base() | {"mkdocs.yml": "site_url: https://beside.example/\n"})
    assert "https://beside.example/rules/field-value/" in pages(capsys, *changed, "--base", str(beside))
    monkeypatch.setenv(VARIABLE, "https://set.example")
    assert "https://set.example/rules/field-value/" in pages(capsys, *changed)
    monkeypatch.setenv(VARIABLE, "set.example")
    (root / "mkdocs.yml").unlink()
    assert pages(capsys, "--root", str(root)) == {None}
