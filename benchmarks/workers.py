"""One engine in one process: reads a task's name per line, does it once, prints milliseconds of processor time.

python benchmarks/workers.py ENGINE WORK_FOLDER
"""

from __future__ import annotations

import gc
import io
import itertools
import json
import shutil
import struct
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

Pass = Callable[[], object]
_PASSES = 24  # of one engine with one task, the warming ones counted


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def floor(folder: Path, ids: list[str]) -> Pass:
    """Join, deflate, copy the rest raw, one write."""
    work = []
    for id in ids:
        cut = json.loads((folder / f"{id}.json").read_text(encoding="utf-8"))
        raw = _raw_members((folder / f"{id}.final.docx").read_bytes())
        work.append((cut["pieces"], cut["values"], raw))

    def run() -> None:
        for pieces, values, raw in work:
            parts = [pieces[0]]
            for value, piece in zip(values, pieces[1:], strict=True):
                parts.append(escape(value))
                parts.append(piece)
            data = "".join(parts).encode()
            packer = zlib.compressobj(6, zlib.DEFLATED, -15)
            packed = packer.compress(data) + packer.flush()
            out = io.BytesIO()
            head = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, zlib.crc32(data), len(packed), len(data), 17, 0)
            out.write(b"".join((raw, head, b"word/document.xml", packed)))

    return run


def _raw_members(data: bytes) -> bytes:
    """All members but the document, as they stand in the file."""
    source = zipfile.ZipFile(io.BytesIO(data))
    infos = sorted(source.infolist(), key=lambda i: i.header_offset)
    parts = []
    for number, info in enumerate(infos):
        end = infos[number + 1].header_offset if number + 1 < len(infos) else source.start_dir
        if info.filename != "word/document.xml":
            parts.append(data[info.header_offset : end])
    return b"".join(parts)


def floor_path(folder: Path, ids: list[str]) -> Pass:
    """The floor of the whole path: the same joined and deflated files and workbooks, each in one write on the disk."""
    join = floor(folder, ids)
    sheets = [p.read_bytes() for p in sorted(folder.glob("*.xlsx")) if p.stem in ids]
    finals = [(folder / f"{id}.final.docx").read_bytes() for id in ids]
    books = []
    for data in sheets:
        source = zipfile.ZipFile(io.BytesIO(data))
        own = [n for n in source.namelist() if n.startswith("xl/worksheets/") or n == "xl/sharedStrings.xml"]
        books.append((data, [source.read(n) for n in own]))
    root = Path(tempfile.mkdtemp(prefix="docgen-floor-"))
    count = [0]

    def run() -> None:
        count[0] += 1
        target = root / str(count[0])
        target.mkdir()
        join()
        for number, data in enumerate(finals):
            (target / f"{number}.docx").write_bytes(data)
        for number, (data, members) in enumerate(books):
            for member in members:
                packer = zlib.compressobj(6, zlib.DEFLATED, -15)
                packer.compress(member)
                packer.flush()
            (target / f"{number}.xlsx").write_bytes(data)

    run.clean = lambda: shutil.rmtree(root, ignore_errors=True)  # type: ignore[attr-defined]
    return run


def docxtpl(folder: Path, ids: list[str]) -> Pass:
    """Open the template, render, save in memory: what its users do for each document."""
    from docxtpl import DocxTemplate

    work = []
    for id in ids:
        values = json.loads((folder / f"{id}.json").read_text(encoding="utf-8"))["values"]
        work.append((str(folder / f"{id}.tpl.docx"), {f"v{n}": v for n, v in enumerate(values)}))

    def run() -> None:
        for path, context in work:
            document = DocxTemplate(path)
            document.render(context, autoescape=True)
            document.save(io.BytesIO())

    return run


def python_docx(folder: Path, ids: list[str]) -> Pass:
    """The same texts, call by call."""
    from docx import Document

    outlines = [json.loads((folder / f"{id}.blocks.json").read_text(encoding="utf-8")) for id in ids]

    def run() -> None:
        for blocks in outlines:
            document = Document()
            for block in blocks:
                if isinstance(block, str):
                    document.add_paragraph(block)
                    continue
                width = max((len(row) for row in block), default=1) or 1
                table = document.add_table(len(block), width)
                for r, row in enumerate(block):
                    for c, text in enumerate(row):
                        table.cell(r, c).text = text
            document.save(io.BytesIO())

    return run


def docgen(folder: Path, ids: list[str]) -> Pass:
    """Compose and write in memory; library and context are there. Each pass makes a company that was not made before,
    alike but for names, people, posts, places and limits."""
    from work import company

    return _docgen(ids, [company(folder / "others", number) for number in range(1, _PASSES + 1)])


def docgen_again(folder: Path, ids: list[str]) -> Pass:
    """The same with two companies in turn, whose words the writer has met before."""
    from work import PROFILE, company

    return _docgen(ids, [PROFILE, company(folder / "twin", 1)])


def _docgen(ids: list[str], profiles: list[Path]) -> Pass:
    from docgen.collector import calm_collector
    from docgen.library import load_library
    from docgen.pipeline import compose_all, prepare
    from docgen.writers.docx import write_docx

    library = load_library()
    companies = itertools.cycle([prepare(path, library) for path in profiles])
    theme = library.theme()

    def make() -> None:
        prepared = next(companies)
        planned = [prepared.company.plan.get(id) for id in ids]
        composed, _ = compose_all(prepared, planned, library)
        for item in composed:
            io.BytesIO().write(write_docx(item.document, theme))

    def run() -> None:
        with calm_collector():
            make()

    return run


def docgen_path(folder: Path, ids: list[str]) -> Pass:
    """From YAML to files and manifest, into an empty folder each time; a new company each time too."""
    from work import company

    from docgen.library import load_library
    from docgen.pipeline import BuildOptions, build_set

    library = load_library()
    root = Path(tempfile.mkdtemp(prefix="docgen-bench-"))
    profiles = itertools.cycle([company(folder / "others-path", number) for number in range(1, _PASSES + 1)])
    everything = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))["set"]
    only = () if ids == everything else tuple(ids)
    count = [0]

    def run() -> None:
        count[0] += 1
        result = build_set(next(profiles), library, BuildOptions(output=root / str(count[0]), only=only))
        assert result.ok, result.diagnostics[:3]

    run.clean = lambda: shutil.rmtree(root, ignore_errors=True)  # type: ignore[attr-defined]
    return run


ENGINES = {
    "floor": floor,
    "docxtpl": docxtpl,
    "rust-docxtpl": docxtpl,
    "python-docx": python_docx,
    "floor-path": floor_path,
    "docgen": docgen,
    "docgen-again": docgen_again,
    "docgen-isal": docgen,
    "docgen-path": docgen_path,
}


def main() -> None:
    engine, folder = sys.argv[1], Path(sys.argv[2])
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    ready: dict[str, Pass] = {}
    for line in sys.stdin:
        name = line.strip()
        if not name:
            break
        if name not in ready:
            ready[name] = ENGINES[engine](folder, tasks[name])
            if name not in ("set", "manual") or engine not in ("docxtpl", "python-docx"):
                ready[name]()  # warm
                ready[name]()
        gc.collect()
        start = time.process_time()
        ready[name]()
        print(f"{(time.process_time() - start) * 1000:.3f}", flush=True)
    for done in ready.values():
        getattr(done, "clean", lambda: None)()


if __name__ == "__main__":
    main()
