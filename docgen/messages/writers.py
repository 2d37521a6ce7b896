"""Messages of the writers step."""

MESSAGES: dict[str, tuple[str, str]] = {}
