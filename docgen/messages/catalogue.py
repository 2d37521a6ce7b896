"""Messages of the catalogue step."""

MESSAGES: dict[str, tuple[str, str]] = {}
