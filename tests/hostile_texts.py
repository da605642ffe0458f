"""Texts as large as a record may be and as awkward as text gets; each has cost some program its square, or more."""

from __future__ import annotations

from tests.small_archive import activity

SIZE = 250_000
"""Bytes of a hostile text; a record may have 256 KiB."""


def filled(piece: str, size: int = SIZE) -> str:
    """Return a piece over and over, up to a size in bytes."""
    return piece * (size // len(piece.encode()))


BODIES = {
    "telephone numbers in a line": filled("13800138000 "),
    "telephone numbers line by line": filled("13800138000\n"),
    "identity numbers": filled("620724199001011234，"),
    "digits": filled("1"),
    "digits apart": filled("1-"),
    "digests": filled("0f" * 32 + " "),
    "private names in a line": filled("小明"),
    "private names line by line": filled("小明\n"),
    "prompts in a line": filled("TODO "),
    "prompts line by line": filled("（请填写）\n"),
    "prompts without an end": filled("（请填写"),
    "dots": filled("…"),
    "underlines": filled("甲\n===\n"),
    "equals signs": filled("=\n"),
    "dashes": filled("-"),
    "dashes apart": filled("- "),
    "headings": filled("## 方案\n"),
    "hashes": filled("#"),
    "quotations in quotations": filled(">"),
    "quoted lines": filled("> " * 60 + "a\n"),
    "lists in lists": "".join(" " * (2 * n) + "- a\n" for n in range(490)),
    "list items": filled("- a\n"),
    "numbered items": filled("1. a\n"),
    "brackets": filled("["),
    "links": filled("[a](http://a.example/b) "),
    "links in links": filled("[a]("),
    "pictures": filled("![a](b.jpg)"),
    "references": filled("[a]: b\n"),
    "footnotes": filled("[^1]"),
    "stars": filled("*"),
    "bold and not closed": filled("**a "),
    "tildes": filled("~a "),
    "underscores": filled("_a"),
    "backticks": filled("`"),
    "backticks of every length": "".join("`" * n + " " for n in range(1, 700)),
    "backticks line by line": ("".join("`" * n + " " for n in range(1, 88)) + "\n") * 60,
    "tags": filled("<b>"),
    "tags without an end": filled("<a href='"),
    "angle brackets": filled("<"),
    "comments": filled("<!-- "),
    "scripts": filled("<script>x</script>"),
    "entities": filled("&amp;&"),
    "tables": "|a|b|\n|-|-|\n" + filled("|a|b|\n", SIZE - 20),
    "a wide table": filled("|a"),
    "spaces": filled(" "),
    "blank lines": filled("  \n"),
    "wide spaces": filled("　"),
    "tabs": filled("\t"),
    "colons": filled("a："),
    "addresses": filled("http://a.example/ www.a.example a@a.example "),
    "conflicts": filled("<<<<<<< a\n=======\n>>>>>>> b\n"),
    "controls": filled("\x07"),
    "invisible characters": filled("\u200b"),
    "accents": "e" + filled("\u0301", SIZE - 10),
    "emoji": filled("👨‍👩‍👧"),
    "one character": filled("教"),
    "punctuation": filled("，"),
    "opening quotes": filled("“"),
    "backslashes": filled("\\"),
    "formulas": filled("$a$"),
    "sentences": "".join(f"第{n}天上午观察了幼儿的活动。" for n in range(6000)),
}
"""For the middle of a record."""

FRONTS = {
    "a list in a line": f"pairs: [{'jia-1, ' * 30_000}]\n",
    "lists in lists": f"pairs: {'[' * 100_000}\n",
    "mappings in a line": f"photos: [{'{file: 1.jpg, caption: a}, ' * 8_000}]\n",
    "a long text": f"place: {filled('甲')}\n",
    "a long number": f"attendance: {filled('9')}\n",
    "a long date": f"plan: {filled('2020-')}\n",
    "names without values": "".join(f"a{n}:\n" for n in range(20_000)),
    "unknown names": "".join(f"a{n}: b\n" for n in range(9_000)),
    "one name again and again": "place: a\n" * 9_000,
    "anchors": "".join(f"a{n}: &b{n} [*b{max(0, n - 1)}, *b{max(0, n - 1)}]\n" for n in range(5_000)),
    "colons of a phone": filled("place：甲\n", 200_000),
    "quotes": f'place: "{filled(chr(92) + chr(34))}\n',
    "half quotes": filled('place: "云"观摩\n', 200_000),
    "hash signs": filled("place: a #b\n", 200_000),
    "tabs": filled("\tplace: a\n", 200_000),
    "private names": f"private: [{', '.join(f'名{n}' for n in range(50))}]\n",
}
"""For the front matter of an activity."""

TABLES = {
    "many rows": "rows:\n" + "".join(f"  - {{id: 2021-02-{n}, month: 2021-02, task: 观摩{n}}}\n" for n in range(4_500)),
    "one id": "rows:\n" + "  - {id: 2021-02-1, month: 2021-02, task: 观摩}\n" * 4_500,
    "a flow list": f"rows: [{'{id: 1, month: 2021-02, task: a}, ' * 6_000}]\n",
}  # fmt: skip
"""For a plan table or a roster."""


NOTE = "- a\n" * 62_000
"""For the bulletin's note, which the office writes."""


def records(share: float = 1) -> dict[str, str]:
    """Return an archive's files with every hostile text, or that share of each: a record of its own for each."""
    files = {
        "records/bureau/2021/bulletins/2021-02.md": f"---\nmonth: 2021-02\n---\n\n{_part(NOTE, share)}\n",
        "records/jia/2021/plan.yml": TABLES["many rows"],
        "records/jia/2021/roster.yml": TABLES["a flow list"],
        "records/yi/2021/plan.yml": TABLES["one id"],
    }
    for number, text in enumerate(BODIES.values()):
        day = number % 28 + 1
        whole = activity(f"2021-02-{day:02}", extra="private: [小明]\n")
        files[f"records/jia/2021/02/{day:02}-body-{number}/activity.md"] = whole.replace(
            "上午观摩，下午研讨。", _part(text, share)
        )
    for number, text in enumerate(FRONTS.values()):
        day = number % 28 + 1
        front = _part(text.removesuffix("\n"), share) + "\n"
        files[f"records/jia/2021/03/{day:02}-front-{number}/activity.md"] = activity(
            f"2021-03-{day:02}", extra=front
        )
    return files


def _part(text: str, share: float) -> str:
    return text[: round(len(text) * share)]
