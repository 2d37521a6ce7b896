"""Messages of the publish step."""

MESSAGES: dict[str, tuple[str, str]] = {}
