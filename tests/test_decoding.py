"""Decoding processes: one that dies, hangs or lies costs its own photo and no other, whatever happens."""

from __future__ import annotations

import hashlib
import os
import pickle
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.images import yuv
from generator.images.cache import Source, Store
from generator.images.decoder import LIMITS, MIB, OUT_OF_MEMORY, Job, Limits
from generator.images.faults import Fault
from generator.images.pool import PROGRAM, CannotDecodeError, make_photos
from generator.images.recipe import RECIPE
from tests.hostile_photos.cases import DAMAGED
from tests.hostile_photos.formats import black_png, chunk, encoded, heic
from tests.scratch_photos import photo

CODECS = "codecs"
FAST: dict[str, Any] = {"quality": 40, "enc_params": {"preset": "ultrafast"}}

# What a decoder does with a photo that is only a word: the crash that such bytes would cause in a real one.
BAD_DECODER = """
import os, signal, sys, time
from pathlib import Path
from generator.images import decoder
from generator.images import develop as develop_module

def develop(data, name, recipe):
    word, _, argument = data.decode("latin-1").partition(" ")
    if word == "exit":
        os._exit(int(argument))
    if word == "kill":
        os.kill(os.getpid(), int(argument))
    if word == "sleep":
        time.sleep(60)
    if word == "spin":
        while True:
            pass
    if word == "eat":
        eaten = []
        while True:
            eaten.append(bytearray(1 << 24))
    if word == "raise":
        raise MemoryError
    if word == "once":
        seen = Path(argument)
        if not seen.exists():
            seen.touch()
            os._exit(9)
        return develop_module.Fault(message="second", fix="try")
    if word == "print":
        print("{}", flush=True)
        os.write(1, b'{"fault": ["not", "mine"]}\\n')
    if word == "lie":
        os.write(3, argument.encode("latin-1") + b"\\n")
    if word == "full":
        raise OSError(28, "No space left on device", name)
    return develop_module.develop_photo(data, name, recipe) if data[:2] == b"\\xff\\xd8" else develop_module.Fault(message=name, fix="")

decoder.main(develop)
"""


def job(folder: Path, name: str, data: bytes) -> Job:
    path = folder / name
    path.write_bytes(data)
    source = Source.from_name(hashlib.sha256(data).hexdigest(), name)
    return Job(path=path, source=source, cache=folder / "cache", recipe=RECIPE, codecs=CODECS)


def outcomes(jobs: list[Job], *, limits: Limits = LIMITS, program: str = BAD_DECODER) -> dict[str, str]:
    """Return what became of each photo by its name: the fault's message, or ``made``."""
    found = list(make_photos(jobs, 2, limits=limits, program=program))
    assert len(found) == len(jobs)
    return {each.path.name: fault.message if fault else "made" for each, fault in found}


DIED = "处理这张图片时解码程序意外退出"
LATE = "处理这张图片的时间超过上限"
HUGE = "处理这张图片需要的内存超过上限"
SMALL = Limits(memory=128 * MIB, processor=1, clock=3.0)

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and limits are Unix'")


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("exit 0", DIED),
        ("exit 3", DIED),
        (f"exit {OUT_OF_MEMORY}", HUGE),
        pytest.param(f"kill {int(signal.SIGKILL)}", HUGE, marks=POSIX),
        pytest.param(f"kill {int(signal.SIGSEGV)}", DIED, marks=POSIX),
        pytest.param(f"kill {int(signal.SIGABRT)}", DIED, marks=POSIX),
        ("sleep", LATE),
        ("spin", LATE),
        pytest.param("eat", HUGE, marks=POSIX),
        ("raise", HUGE),
        ("lie \x80nonsense", DIED),
        ('lie {"token": "0123456789abcdef"}', DIED),
        ("lie []", DIED),
        ("lie {}", DIED),
    ],
)
def test_a_process_that_ends_costs_its_photo_only(tmp_path: Path, word: str, message: str) -> None:
    jobs = [job(tmp_path, f"{i:02}.jpg", photo(seed=i)) for i in range(6)]
    jobs.insert(3, job(tmp_path, "bad.jpg", word.encode("latin-1")))
    # On a busy machine the clock must not end what another limit should.
    limits = SMALL if word == "sleep" else replace(SMALL, clock=20.0)
    begun, threads = time.monotonic(), threading.active_count()
    made = outcomes(jobs, limits=limits)
    assert made == {each.path.name: "made" for each in jobs} | {"bad.jpg": message}
    assert time.monotonic() - begun < 30
    assert threading.active_count() == threads


def test_every_photo_may_be_such_a_one(tmp_path: Path) -> None:
    jobs = [job(tmp_path, f"{i:02}.jpg", b"exit %d" % i) for i in range(12)]
    assert outcomes(jobs) == {each.path.name: DIED for each in jobs}


WITHOUT_ENCODER = "from generator.images import decoder, yuv; yuv._ENCODER = 'none'; decoder.main()"


def test_a_missing_encoder_is_no_photos_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yuv, "_ENCODER", "none")
    jobs = [job(tmp_path, f"{i:02}.jpg", photo(seed=i)) for i in range(3)]
    with pytest.raises(CannotDecodeError, match="这台电脑上的 PyAV 不会写 WebP"):
        outcomes(jobs, program=WITHOUT_ENCODER)


def test_one_photo_alone_is_decoded_apart_too(tmp_path: Path) -> None:
    assert outcomes([job(tmp_path, "bad.jpg", b"exit 1")]) == {"bad.jpg": DIED}


def test_a_photo_that_was_not_to_blame_gets_a_second_try(tmp_path: Path) -> None:
    data = f"once {tmp_path / 'seen'}".encode()
    assert outcomes([job(tmp_path, "01.jpg", data)]) == {"01.jpg": "second"}


def test_what_a_library_prints_is_no_answer(tmp_path: Path) -> None:
    jobs = [job(tmp_path, "01.jpg", b"print"), job(tmp_path, "02.jpg", b"other")]
    assert outcomes(jobs) == {"01.jpg": "01.jpg", "02.jpg": "02.jpg"}


def test_processes_that_do_not_start_are_no_photos_fault(tmp_path: Path) -> None:
    with pytest.raises(CannotDecodeError, match="启动不了"):
        outcomes([job(tmp_path, "01.jpg", photo())], program="raise SystemExit(1)")


def test_a_cache_that_cannot_be_written_is_no_photos_fault(tmp_path: Path) -> None:
    threads = threading.active_count()
    with pytest.raises(CannotDecodeError, match=r"^图片缓存写不进去：01\.jpg：磁盘满了$"):
        outcomes([job(tmp_path, "01.jpg", b"full")])
    assert threading.active_count() == threads


@POSIX
def test_a_real_codec_meets_the_limit_of_memory(tmp_path: Path) -> None:
    """One that only a test sets. A codec that lacks memory says no more than that it failed."""
    large = job(tmp_path, "01.webp", encoded("WEBP", (3500, 3000), lossless=True, method=0))
    sound = job(tmp_path, "02.jpg", photo())
    little = Limits(memory=100 * MIB, processor=20, clock=60.0)
    assert outcomes([large, sound], limits=little, program=PROGRAM) == {"01.webp": HUGE, "02.jpg": "made"}
    assert outcomes([large], program=PROGRAM) == {"01.webp": "made"}


LARGEST: dict[str, Any] = {
    "progressive.jpg": lambda: encoded("JPEG", (8940, 6710), "CMYK", progressive=True),
    "colour.png": lambda: black_png(8940, 6710, chunk(b"tRNS", bytes((0, 9) * 3))),
    "clear.webp": lambda: encoded("WEBP", (8940, 6710), "RGBA", method=0),
}
"""The kinds of photo that take most memory, of as many pixels as are published."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only there a limit makes allocations fail")
@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_photo_fits_into_the_limit(tmp_path: Path, name: str) -> None:
    assert outcomes([job(tmp_path, name, LARGEST[name]())], program=PROGRAM) == {name: "made"}


@pytest.mark.skipif(sys.platform != "linux", reason="only there a limit makes allocations fail")
@pytest.mark.parametrize(
    "kind", ["progressive.jpg", "deep.png", "lossless.webp", "clear.webp", "tiles.heic", "one.heic"]
)
def test_want_of_memory_never_reads_as_damage_nor_as_another_picture(tmp_path: Path, kind: str) -> None:
    size = (2400, 1800)
    data = {
        "progressive.jpg": lambda: encoded("JPEG", size, progressive=True),
        "deep.png": lambda: encoded("PNG", size, "I;16"),
        "lossless.webp": lambda: encoded("WEBP", size, lossless=True),
        "clear.webp": lambda: encoded("WEBP", size, "RGBA"),
        "tiles.heic": lambda: heic(*size, tile_size=512, **FAST),
        "one.heic": lambda: heic(*size, **FAST),
    }[kind]()
    words: list[str] = []
    pictures: set[tuple[bytes, ...]] = set()
    for memory in (56, 76, 160):
        folder = tmp_path / str(memory)
        folder.mkdir()
        one = job(folder, kind, data)
        words += outcomes([one], limits=Limits(memory=memory * MIB), program=PROGRAM).values()
        if stored := Store(one.cache, one.recipe, one.codecs).find_renditions(one.source):
            pictures.add(tuple(stored.locate_file(each).read_bytes() for each in stored.sizes))
    assert words[0] == HUGE
    assert words[1] in (HUGE, "made")
    assert words[2] == "made"
    assert len(pictures) == 1


def test_a_damaged_photo_stays_damaged_with_more_memory(tmp_path: Path) -> None:
    cut = encoded("WEBP", (1200, 900))
    assert outcomes([job(tmp_path, "01.webp", cut[: len(cut) // 2])], program=PROGRAM) == {"01.webp": DAMAGED}


# A decoder that its first photo leaves unfit for any other.
WEARY = """
import os, signal, time
from generator.images import decoder, faults
from generator.images import develop as develop_module
photos = 0

def develop(data, name, recipe):
    global photos
    photos += 1
    if photos > 1:
        {then}
    return develop_module.develop_photo(data, name, recipe)

decoder.main(develop)
"""


@pytest.mark.parametrize(
    "then",
    [
        "return faults.report_damage()",
        "return faults.report_other_content(data)",
        "raise MemoryError",
        "os._exit(decoder.OUT_OF_MEMORY)",
        "os._exit(3)",
        pytest.param("os.kill(os.getpid(), signal.SIGSEGV)", marks=POSIX),
        "time.sleep(60)",
    ],
)
def test_only_a_new_process_refuses_a_photo(tmp_path: Path, then: str) -> None:
    jobs = [job(tmp_path, f"{i:02}.jpg", photo(seed=i)) for i in range(6)]
    program = WEARY.replace("{then}", then)
    limits = Limits(clock=2.0) if "sleep" in then else LIMITS
    made = outcomes(jobs, limits=limits, program=program)
    assert made == {each.path.name: "made" for each in jobs}


@POSIX
def test_a_process_ends_with_its_parent(tmp_path: Path) -> None:
    """Even one that hangs in a photo."""
    hanging = job(tmp_path, "01.jpg", b"sleep")
    script = (
        "import pickle, sys; from generator.images.pool import make_photos; "
        "print(list(make_photos([pickle.loads(sys.stdin.buffer.read())], 1, program=sys.argv[1])))"
    )
    program = BAD_DECODER.replace(
        "time.sleep(60)", "print(os.getpid(), file=open(sys.argv[0], 'w')) or time.sleep(60)"
    )
    told = tmp_path / "pid"
    program = program.replace("sys.argv[0]", repr(str(told)))
    with subprocess.Popen([sys.executable, "-c", script, program], stdin=subprocess.PIPE) as parent:
        assert parent.stdin is not None
        parent.stdin.write(pickle.dumps(hanging))
        parent.stdin.close()
        _until(lambda: told.exists() and told.read_text(encoding="utf-8").strip() != "")
        child = int(told.read_text(encoding="utf-8"))
        assert _runs(child)
        parent.kill()
    _until(lambda: not _runs(child))


def _until(condition: object) -> None:
    assert callable(condition)
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("seed", range(3))
def test_no_photo_ever_gets_anothers_picture(tmp_path: Path, seed: int) -> None:
    """Processes are killed at random all the while: each photo is its own picture, or named."""
    chance = random.Random(seed)  # noqa: S311  # a test that can be repeated
    jobs = [job(tmp_path, f"{i:02}.jpg", photo(600, 450, seed=i)) for i in range(30)]
    jobs += [job(tmp_path, f"bad-{i}.jpg", b"exit 1") for i in range(3)]
    chance.shuffle(jobs)
    over = threading.Event()

    def kill() -> None:
        while not over.wait(chance.uniform(0.2, 0.8)):
            children = [c for c in _children() if _runs(c)]
            if children:
                os.kill(chance.choice(children), signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        made = dict(_named(make_photos(jobs, 2, program=BAD_DECODER)))
    finally:
        over.set()
        killer.join()
    assert set(made) == {each.path.name for each in jobs}
    assert {name for name in made if name.startswith("bad")} <= {n for n, fault in made.items() if fault}
    store = Store(tmp_path / "cache", RECIPE, CODECS)
    for each in jobs:
        stored = store.find_renditions(each.source)
        if made[each.path.name] is None:
            assert stored is not None
            with Image.open(stored.locate_file(stored.sizes[-1])) as shown, Image.open(each.path) as original:
                assert _near(shown.convert("RGB").getpixel((300, 200)), original.getpixel((560, 400)))
    assert len([fault for fault in made.values() if fault is None]) >= 15


def _named(found: Iterator[tuple[Job, Fault | None]]) -> Iterator[tuple[str, Fault | None]]:
    for each, fault in found:
        yield each.path.name, fault


def _children() -> list[int]:
    text = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="utf-8")
    return [int(word) for word in text.split()]


def _near(one: object, other: object) -> bool:
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    return all(abs(a - b) <= 3 for a, b in zip(one, other, strict=True))


@POSIX
def test_the_watch_on_memory_ends_a_process(tmp_path: Path) -> None:
    """It is for systems whose own limits do not hold; here it is only seen to work."""
    script = (
        "import threading, time; from generator.images.decoder import watch_memory; "
        "threading.Thread(target=watch_memory, args=(100 << 20,), daemon=True).start(); "
        "time.sleep(0.3); eaten = bytearray(200 << 20); time.sleep(20)"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, timeout=15)
    assert done.returncode == OUT_OF_MEMORY
