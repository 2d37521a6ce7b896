"""Messages of the cli step."""

MESSAGES: dict[str, tuple[str, str]] = {}
