"""Messages of the score step."""

MESSAGES: dict[str, tuple[str, str]] = {}
