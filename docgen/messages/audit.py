"""Messages of the audit step."""

MESSAGES: dict[str, tuple[str, str]] = {}
