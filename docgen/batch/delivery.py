"""One zip per client to hand over: the set as it stands, with its list of contents; equal sets give equal bytes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from docgen.batch.pdf import pdf_path
from docgen.batch.work import ClientResult
from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.publish.files import atomic_write
from docgen.publish.manifest import MANIFEST

_DATE = (1980, 1, 1, 0, 0, 0)
_PACKED = (".docx", ".xlsx", ".pdf")  # deflated already


def make_zip(result: ClientResult, words: Mapping[str, str], pdf_folder: str) -> tuple[Path, list[Diagnostic]]:
    """Write `<folder>.zip` beside the client's folder: every file of the manifest as it lies there (edited ones as
    edited), PDFs where there are any, and the list of contents; not the manifest, nor what docgen keeps for itself.
    An equal zip is left alone. `words` are the texts of group `delivery` in shared/words.yaml.
    """
    root = Path(result.folder)
    target = root.with_name(f"{root.name}.zip")
    try:
        data = _packed(root, words, pdf_folder)
        if not target.exists() or target.read_bytes() != data:
            atomic_write(target, data)
    except (OSError, ValueError, KeyError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return target, [Diagnostic("O004", Severity.ERROR, Place(str(target)), {"reason": reason})]
    return target, []


def _packed(root: Path, words: Mapping[str, str], pdf_folder: str) -> bytes:
    manifest = json.loads((root / MANIFEST).read_text(encoding="utf-8"))
    titles: dict[str, str] = {}
    for entry in manifest["documents"]:
        for file in entry["files"]:
            for path in (file["path"], pdf_path(file["path"], pdf_folder)):
                if (root / path).is_file():
                    titles[path] = f"{entry['number']} {entry['title']}".strip()
    lines = [words["head"].format(company=manifest["company"]), words["count"].format(count=len(titles)), ""]
    lines += [words["line"].format(path=path, title=titles[path]) for path in sorted(titles)]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        _add(archive, f"{root.name}/{words['file']}", ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8"))
        for path in sorted(titles):
            _add(archive, f"{root.name}/{path}", (root / path).read_bytes())
    return stream.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _DATE)
    info.external_attr = 0o644 << 16
    info.create_system = 3  # the same on every machine
    info.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
    archive.writestr(info, data)
