"""Messages of the profile step."""

MESSAGES: dict[str, tuple[str, str]] = {}
