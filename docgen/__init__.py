"""docgen: from one company profile to the document set for GB/T 27922-2011.

The public names are those of `docgen.api`; they are loaded when first used.
"""

from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    from importlib import import_module

    api = import_module("docgen.api")
    if name in api.__all__:
        return getattr(api, name)
    raise AttributeError(f"module 'docgen' has no attribute {name!r}")
