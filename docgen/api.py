"""The public library: what the command line itself uses.

library = load_library()
result = build_set(Path("company.yaml"), library, BuildOptions(output=Path("output")))
"""

from docgen.catalogue import Catalogue, load_catalogue
from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity
from docgen.library import Library, load_library
from docgen.pipeline import BuildOptions, BuildResult, Prepared, build_set, compose_all, prepare
from docgen.profile.loading import LoadedProfile, load_profile

__all__ = [
    "BuildOptions",
    "BuildResult",
    "Catalogue",
    "Diagnostic",
    "DocgenError",
    "Library",
    "LoadedProfile",
    "Place",
    "Prepared",
    "Severity",
    "build_set",
    "compose_all",
    "load_catalogue",
    "load_library",
    "load_profile",
    "prepare",
]
