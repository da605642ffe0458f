"""The bulletin's documents of the sample's fullest month and of a month ten times as full: time, size, pages."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pypdf import PdfReader

from generator.accounts.ledger import make_ledger
from generator.archive import read_corpus
from generator.archive.album import render_album
from generator.documents.bulletin import Bulletin, compose_bulletin, list_bulletin_months
from generator.documents.bulletin.formats import FORMATS, make_document
from generator.documents.bulletin.illustrations import Illustration, choose_illustrations


def bench_bulletin(root: Path, runs: int) -> None:
    """Print a table: each format within one process, and the command that makes all four."""
    print(f"## The bulletin's documents (medians of {runs})\n")
    value, photos = fullest(root)
    for name, each in (("the fullest month", value), ("ten times as full", tenfold(value))):
        print(f"  {name}: {len(each.activities)} activities, {len(photos)} photos")
        for form in FORMATS:
            times = []
            data = b""
            for _ in range(runs):
                started = time.perf_counter()
                data = make_document(each, photos, form)
                times.append(time.perf_counter() - started)
            pages = f", {len(PdfReader(io.BytesIO(data)).pages)} pages" if form == "pdf" else ""
            print(f"    {form:9} {statistics.median(times):7.3f} s  {len(data):9,} bytes{pages}")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "generator.cli", "bulletin", value.month, "--out", folder]
        times = []
        for _ in range(runs):
            started = time.perf_counter()
            subprocess.run([*command, "--as-of", "2021-01-31"], cwd=root, check=True, capture_output=True)
            times.append(time.perf_counter() - started)
    print(
        f"  pairing bulletin {value.month}, all four, process start included: {statistics.median(times):.2f} s\n"
    )


def fullest(root: Path) -> tuple[Bulletin, dict[str, Illustration]]:
    """Return the sample's month with the most activities, and its photos."""
    corpus = read_corpus(root, content=root / "content")
    account = make_ledger(corpus, 2020, dt.date(2020, 12, 31))
    if account is None:
        raise SystemExit("the sample has no programme of 2020")
    found = [compose_bulletin(corpus, account, month) for month in list_bulletin_months(account)]
    value = max(found, key=lambda each: len(each.activities))
    with tempfile.TemporaryDirectory() as cache:
        album = render_album(corpus, Path(cache), only=[praise.activity.key for praise in value.highlights])
        return value, choose_illustrations(corpus, value, album)


def tenfold(value: Bulletin) -> Bulletin:
    """Return a bulletin with each activity ten times."""
    pairings = tuple(dataclasses.replace(pairing, lines=pairing.lines * 10) for pairing in value.pairings)
    return dataclasses.replace(value, pairings=pairings, total=value.total * 10)
