"""Make fixtures/office.zip anew: the stranger's set as LibreOffice saves it. Run: python -m tests.audit.make_office"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from tests.audit.bench import HERE
from tests.audit.foreign import foreign_set


def main() -> None:
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice is needed"
    with tempfile.TemporaryDirectory() as folder:
        source, target, profile = Path(folder, "in"), Path(folder, "out"), Path(folder, "profile")
        source.mkdir()
        for name, data in foreign_set().items():
            (source / name).write_bytes(data)
        command = [
            soffice,
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            "docx:MS Word 2007 XML",
        ]
        subprocess.run(
            [*command, "--outdir", str(target), *map(str, sorted(source.iterdir()))],
            check=True,
            capture_output=True,
            timeout=300,
        )
        (HERE / "fixtures").mkdir(exist_ok=True)
        with zipfile.ZipFile(HERE / "fixtures" / "office.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(target.iterdir()):
                archive.writestr(
                    zipfile.ZipInfo(path.name, (2026, 1, 1, 0, 0, 0)), path.read_bytes(), zipfile.ZIP_DEFLATED
                )


if __name__ == "__main__":
    main()
