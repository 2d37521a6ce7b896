"""Messages of the wordtemplate step."""

MESSAGES: dict[str, tuple[str, str]] = {}
