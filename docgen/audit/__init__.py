"""The audit: what an assessor would find in finished files, whoever wrote them."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docgen.audit.audit import AuditOptions, AuditResult, audit_folder
    from docgen.audit.model import AuditDocument

__all__ = ["AuditDocument", "AuditOptions", "AuditResult", "audit_folder"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    from importlib import import_module

    home = "model" if name == "AuditDocument" else "audit"
    return getattr(import_module(f"docgen.audit.{home}"), name)
