"""The publish step: files and manifest in the output folder, never over a file someone edited."""

from docgen.publish.lock import WAIT_SECONDS, LockTimeout
from docgen.publish.names import company_folder, safe_name
from docgen.publish.publisher import Outcome, Publisher, Written

__all__ = [
    "WAIT_SECONDS", "LockTimeout", "Outcome", "Publisher", "Written", "company_folder", "safe_name",
]  # fmt: skip
