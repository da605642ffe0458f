"""Requests that are to cost time, memory or depth."""

from __future__ import annotations

from tests.hostile_requests.case import NEW, SCHOOL, Case, Files, fill_sparsely, record, submitted
from tests.hostile_texts import filled
from tests.scratch_photos import photo, photos_yaml

PHOTO = photo(320, 240, seed=6)
GIGABYTES_2 = 2 << 30
DEEP = "/".join("d" * 500)


def _ten_thousand() -> Files:
    """Return files of each kind: records, photos of a record, records beside the archive, schools, and what is none."""
    return submitted(
        {f"{SCHOOL}/2021/02/15-visit-{n}/activity.md": f"---\ntitle: {n}\n---\n" for n in range(500)}
        | {f"{NEW}/{n}.jpg": PHOTO for n in range(3000)}
        | {f"14-visit/{n}/activity.md": f"## 方案\n{n}\n## 记录\n" for n in range(1000)}
        | {f"records/s{n}/school.yml": "id: a\n" for n in range(500)}
        | {f"{SCHOOL}/2021/02/x/{n}.md": "x\n" for n in range(5000)}
    )


CASES = (
    Case(name="ten-thousand-files", files=_ten_thousand(), seconds=30, mebibytes=600),
    Case(name="two-gigabytes-photo", files=submitted(), laid=lambda s: fill_sparsely(s / NEW / "01.jpg", GIGABYTES_2)),
    Case(name="two-gigabytes-text", files={f"{NEW}/01.jpg": PHOTO}, laid=lambda s: fill_sparsely(s / NEW / "activity.md", GIGABYTES_2)),
    Case(name="two-gigabytes-beside", files=submitted(), laid=lambda s: fill_sparsely(s / "活动.md", GIGABYTES_2)),
    Case(name="two-gigabytes-table", files=submitted(), laid=lambda s: fill_sparsely(s / "records/bureau/2021/filings.yml", GIGABYTES_2)),
    Case(name="deep-folders", files=submitted({f"{SCHOOL}/{DEEP}/activity.md": record(), f"{DEEP}/activity.md": record()})),
    Case(name="deep-and-many", files=submitted({f"{DEEP}/{n}/activity.md": "x\n" for n in range(100)})),
    Case(name="path-longer-than-a-system-s", files=submitted({"/".join(["d" * 250] * 20) + "/activity.md": record()}), refused=True),
    Case(name="billion-laughs", files=submitted(extra="a: &a [x, x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(20)))),
    Case(name="billion-laughs-table", files=submitted({f"{SCHOOL}/2021/plan.yml": "rows: &a [*a, *a]\n", "records/bureau/2021/accounts.yml": "accounts: &a [*a, *a]\n"})),
    Case(name="python-tags", files=submitted({f"{SCHOOL}/2021/plan.yml": "rows: !!python/object/apply:os.system [id]\n"}, extra="place: !!python/object/apply:os.system ['touch /tmp/hostile-requests-canary']\ngrades: !!binary aGk=\n")),
    Case(name="duplicate-keys", files=submitted(extra="title: 另一个\nstaff: {sent: 9, received: 9}\n<<: {lead: 园长}\n")),
    Case(name="two-documents", files=submitted({f"{SCHOOL}/2021/plan.yml": "rows: []\n---\nrows: []\n"})),
    Case(name="giant-integer", files=submitted({f"{SCHOOL}/2021/plan.yml": f"rows: [{{id: {'9' * 5000}, month: 2021-02}}]\n"}, extra=f"attendance: {'9' * 5000}\n", staff=f"{{sent: 1e9999, received: {'9' * 5000}}}")),
    Case(name="odd-numbers", files=submitted(extra="attendance: .inf\n", staff="{sent: 0x7f, received: -1_000}")),
    Case(name="giant-date", files={f"{NEW}/activity.md": record().replace("2021-02-15", "99999999-02-15")}),
    Case(name="nested-lists", files=submitted(extra=f"place: {'[' * 50_000}\n")),
    Case(name="many-photos-listed", files=submitted(photos=photos_yaml(*(f"{n}.jpg" for n in range(5000))))),
    Case(name="text-too-long", files={f"{NEW}/activity.md": record() + filled("教", 300_000)}),
    Case(name="not-text", files={f"{NEW}/activity.md": bytes(range(256)) * 20}),
    Case(name="empty-text", files={f"{NEW}/activity.md": b""}),
    Case(name="nulls", files={f"{NEW}/activity.md": record().encode().replace(b"\n", b"\0\n")}),
    Case(name="utf-16", files={f"{NEW}/activity.md": record().encode("utf-16")}),
    Case(name="one-line", files={f"{NEW}/activity.md": filled("---", 250_000)}),
)  # fmt: skip
