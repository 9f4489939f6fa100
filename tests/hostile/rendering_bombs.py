"""Work made to take its reader's machine apart, and what becomes of it.

Each bomb is a portfolio, or a packet's PDF, that is given to the real command. Run as a program it
prints the table in ``docs/confinement.md``: ``python -m tests.hostile.rendering_bombs [NAME]…``.
"""

import io
import os
import random
import re
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image

_STUDIO: Final = Path(__file__).parents[1] / "portfolios" / "studio"
_PORTFOLIO: Final = "portfolio"
_PACKET: Final = "packet.pdf"

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Outcome:
    """How a command on a bomb ended.

    Attributes:
        said: The last line on stderr, or on stdout where that is empty.
        seconds: By the clock.
        computed: Seconds that all its processes computed together.
        memory: Megabytes that all its processes had in memory together, at most.
    """

    exit_code: int
    said: str
    output: str
    seconds: float
    computed: float
    memory: int


# --- texts -----------------------------------------------------------------------------------


def _steps(sessions: int, steps: int) -> Files:
    base = (_STUDIO / "cases" / "heel.yaml").read_text("utf-8")
    head, _, rest = base.partition("sessions:\n")
    tail = rest[rest.index("figures:") :]
    lines = ["sessions:\n"]
    for day in range(sessions):
        lines.append(f"  - day: {day}\n    measures: {{nprs: 5}}\n    steps:\n")
        lines += ["      - {test: gluteus maximus, side: left, result: inhibited}\n"] * steps
    return {"cases/heel.yaml": (head + "".join(lines) + tail).encode()}


def _all_texts(text: str) -> Files:
    """The small case study with the same text in eight places."""
    base = (_STUDIO / "cases" / "heel.yaml").read_text("utf-8")
    base = re.sub(r"^introduction: .*\n", "", base, flags=re.MULTILINE)
    lines = text.split("\n")
    for key in ("introduction", "clinical_findings", "client_perspective"):
        base += f"{key}: |2\n" + "".join(f"  {line}\n" for line in lines)
    base += "discussion:\n"
    for key in ("strengths", "limitations", "literature", "rationale", "take_away"):
        base += f"  {key}: |2\n" + "".join(f"    {line}\n" for line in lines)
    return {"cases/heel.yaml": base.encode()}


_LONG: Final = 19_900


def _filled(unit: str, begin: str = "") -> str:
    return begin + unit * ((_LONG - len(begin)) // len(unit))


# --- pictures --------------------------------------------------------------------------------


def _png(
    width: int,
    height: int,
    depth: int,
    colours: int,
    rows: bytes,
    *,
    interlaced: bool = False,
    before: bytes = b"",
    after: bytes = b"",
) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, interlaced)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + chunk(b"IDAT", rows)
        + after + chunk(b"IEND", b"")
    )  # fmt: skip


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content)) + kind + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )  # fmt: skip


def _zeros(count: int) -> bytes:
    packer = zlib.compressobj(9)
    out = [packer.compress(bytes(1 << 20)) for _ in range(count >> 20)]
    return b"".join((*out, packer.compress(bytes(count & 0xFFFFF)), packer.flush()))


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def _flat(number: int) -> bytes:
    return _saved(Image.new("RGBA", (5_000, 4_000), (number, 9, 9, 200)), "PNG")


def _scans(count: int) -> bytes:
    """A progressive JPEG of 16 million points whose scans are there again and again."""
    content = _saved(Image.new("RGB", (4_000, 4_000), "grey"), "JPEG", progressive=True)
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * count + content[-2:]


def _animated() -> bytes:
    frames = [Image.new("RGB", (2_000, 2_000), (each, 0, 0)) for each in range(40)]
    return _saved(frames[0], "PNG", save_all=True, append_images=frames[1:])


def _claiming(width: int, height: int) -> bytes:
    content = _saved(Image.new("RGB", (16, 16)), "JPEG")
    at = content.index(b"\xff\xc0")
    return content[: at + 5] + struct.pack(">HH", height, width) + content[at + 9 :]


def _figures(*pictures: bytes) -> Files:
    base = (_STUDIO / "cases" / "heel.yaml").read_text("utf-8")
    names = [f"attachments/p{number}.png" for number in range(len(pictures))]
    lines = "".join(f"  - {{file: {name}, caption: c, alt: a}}\n" for name in names)
    text = base[: base.index("figures:")] + f"figures:\n{lines}"
    return {"cases/heel.yaml": text.encode(), **dict(zip(names, pictures, strict=True))}


# --- packets ---------------------------------------------------------------------------------


def _pdf(body: bytes) -> bytes:
    """Objects without a table of places: the reader searches for them."""
    return b"%PDF-1.7\n" + body + b"trailer\n<</Root 1 0 R/Size 99>>\nstartxref\n0\n%%EOF\n"


def _stream(number: int, entries: bytes, content: bytes) -> bytes:
    return b"%d 0 obj\n<<%b/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (
        number, entries, len(content), content,
    )  # fmt: skip


def _holding(file: bytes) -> bytes:
    catalog = (
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.txt) 4 0 R]>>>>>>"
        b"\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
        b"4 0 obj\n<</Type/Filespec/F(a.txt)/UF(a.txt)/EF<</F 5 0 R>>>>\nendobj\n"
    )
    return _pdf(catalog + file)


def _packed_over_and_over(times: int) -> bytes:
    content = _zeros(400_000_000)
    for _ in range(times - 1):
        content = zlib.compress(content, 9)
    filters = b"/Filter[" + b"/FlateDecode" * times + b"]"
    return _holding(_stream(5, b"/Type/EmbeddedFile" + filters, content))


def _columns() -> bytes:
    parameters = b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2000000000>>"
    return _holding(_stream(5, b"/Type/EmbeddedFile" + parameters, _zeros(50_000_000)))


def _names_within_names() -> bytes:
    kids = b"".join(
        b"%d 0 obj\n<</Kids[%d 0 R %d 0 R]>>\nendobj\n" % (10 + each, 11 + each, 11 + each)
        for each in range(60)
    )
    catalog = b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 10 0 R>>>>\nendobj\n"
    return _pdf(catalog + b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n" + kids)


def _loop() -> bytes:
    body = b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n2 0 R\nendobj\n"
    at = len(b"%PDF-1.7\n") + len(body)
    table = b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000050 00000 n \n"
    trailer = b"trailer\n<</Root 1 0 R/Size 3/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (at, at)
    return b"%PDF-1.7\n" + body + table + trailer


BOMBS: Final[Mapping[str, Callable[[], Files]]] = {
    "quotations in quotations": lambda: _all_texts(_filled("> ")),
    "lists in lists": lambda: _all_texts("".join(f"{' ' * (2 * n)}- a\n" for n in range(130))),
    "emphasis in emphasis": lambda: _all_texts(_filled("*a **b ")),
    "open brackets": lambda: _all_texts(_filled("[")),
    "open links": lambda: _all_texts(_filled("[a](")),
    "backticks": lambda: _all_texts("".join("e" + "`" * n for n in range(1, 198))),
    "a table in words": lambda: _all_texts(_filled("|a", "|a|\n|-|\n")),
    "an endless word": lambda: _all_texts(_filled("m")),
    "an endless word of many scripts": lambda: _all_texts(_filled("aب中ก")),
    "combining marks": lambda: _all_texts(_filled("e" + "\u0301" * 10)),
    "20,000 marks on one letter": lambda: _all_texts(_filled("\u0301", "e")),
    "every letter of another script": lambda: _all_texts(
        "".join(map(chr, random.Random(5).choices(range(0x4E00, 0x9FA5), k=_LONG)))
    ),
    "one line a letter": lambda: _all_texts(_filled("- a\n")),
    "soft hyphens": lambda: _all_texts(_filled("a\u00ad")),
    "as many sessions as may be": lambda: _steps(100, 20),
    "as many steps as may be": lambda: _steps(40, 200),
    "PNG: 20 million points of one colour": lambda: _figures(_flat(1)),
    "PNG: twenty of these": lambda: _figures(*map(_flat, range(20))),
    "PNG: interlaced": lambda: _figures(
        _png(5_000, 4_000, 8, 2, _zeros(60_100_000), interlaced=True)
    ),
    "PNG: sixteen bits a channel": lambda: _figures(_png(4_400, 4_400, 16, 6, _zeros(154_900_000))),
    "PNG: animated": lambda: _figures(_animated()),
    "PNG: more points than may be": lambda: _figures(_png(60_000, 60_000, 1, 0, _zeros(1 << 24))),
    "PNG: 500 MB of packed text": lambda: _figures(
        _png(9, 9, 8, 0, _zeros(90), after=_chunk(b"zTXt", b"a\0\0" + _zeros(500_000_000)))
    ),
    "PNG: 500 MB of colour profile": lambda: _figures(
        _png(9, 9, 8, 0, _zeros(90), before=_chunk(b"iCCP", b"a\0\0" + _zeros(500_000_000)))
    ),
    "PNG: 100,000 empty chunks": lambda: _figures(
        _png(9, 9, 8, 0, _zeros(90), before=_chunk(b"tEXt", b"a\0b") * 100_000)
    ),
    "JPEG: 65,535 by 65,535 points claimed": lambda: _figures(_claiming(65_535, 65_535)),
    "JPEG: thousands of scans": lambda: _figures(_scans(4_000)),
    "JPEG: in inks": lambda: _figures(
        _saved(Image.new("CMYK", (5_000, 4_000), (9, 99, 9, 9)), "JPEG")
    ),
    "SVG under a picture's name": lambda: _figures(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "PNG that is a PDF too": lambda: _figures(
        _png(9, 9, 8, 0, _zeros(90)) + b"%PDF-1.7\n" + b"<<" * 100_000
    ),
    "PDF: packed over and over": lambda: {_PACKET: _packed_over_and_over(3)},
    "PDF: two thousand million columns": lambda: {_PACKET: _columns()},
    "PDF: names within names": lambda: {_PACKET: _names_within_names()},
    "PDF: a table that leads to itself": lambda: {_PACKET: _loop()},
    "PDF: a million brackets": lambda: {_PACKET: _pdf(b"1 0 obj\n" + b"[" * 1_000_000)},
    "PDF: a million dictionaries": lambda: {_PACKET: _pdf(b"1 0 obj\n" + b"<</A" * 1_000_000)},
}


def explode(files: Files, folder: Path) -> Outcome:
    """Give a bomb to the command that it is meant for, in an empty folder."""
    if _PACKET in files:
        (folder / _PACKET).write_bytes(files[_PACKET])
        return _run(["verify", _PACKET], folder)
    shutil.copytree(_STUDIO, folder / _PORTFOLIO)
    for name, content in files.items():
        (folder / _PORTFOLIO / name).write_bytes(content)
    return _run(["render", _PORTFOLIO, "--date", "2026-07-01"], folder)


def _run(words: list[str], folder: Path) -> Outcome:
    begun, computed = time.monotonic(), _computed()
    process = subprocess.Popen(
        [sys.executable, "-m", "casebook", *words],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(_STUDIO.parents[2])}, start_new_session=True,
    )  # fmt: skip
    peak, over = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.05):
            peak = max(peak, _memory(process.pid))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        out, told = process.communicate(timeout=120)
    finally:
        over.set()
        watching.join()
    lines = (told.strip() or out.strip()).splitlines()
    return Outcome(
        process.returncode,
        lines[-1] if lines else "",
        out + told,
        time.monotonic() - begun,
        _computed() - computed,
        peak // 1_000_000,
    )


def _computed() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory(session: int) -> int:
    """Bytes in memory of all processes of a session; shared ones are counted for each."""
    total = 0
    for each in Path("/proc").glob("[0-9]*"):
        try:
            fields = (each / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                total += int((each / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except OSError:  # It ended just now.
            continue
    return total


def main(names: list[str]) -> None:
    """Write a row for each bomb named, or for all."""
    heads = ("bomb", "bytes", "seconds", "computed", "MB", "exit", "last line")
    _row(*heads)
    _row(*("---" for _ in heads))
    for name, make in BOMBS.items():
        if names and name not in names:
            continue
        files = make()
        with tempfile.TemporaryDirectory() as folder:
            found = explode(files, Path(folder))
        size = f"{sum(map(len, files.values())):,}"
        times = f"{found.seconds:.1f}", f"{found.computed:.1f}"
        _row(name, size, *times, str(found.memory), str(found.exit_code), found.said)


def _row(*cells: str) -> None:
    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
