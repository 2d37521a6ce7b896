"""Messages of the templates step."""

MESSAGES: dict[str, tuple[str, str]] = {}
