"""The few marks docgen itself puts into documents."""

GAP = "【待补充：{label}】"


def gap_text(label: str) -> str:
    """How a missing fact reads in a document."""
    return GAP.format(label=label)
