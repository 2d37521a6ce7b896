"""The document model: blocks and inlines. No Jinja, no Word, no profile in it."""

from docgen.document.model import (
    CHART_KINDS,
    Block,
    Break,
    Cell,
    Chart,
    Contents,
    Diagram,
    Document,
    Edge,
    Gap,
    Heading,
    Inline,
    ListItem,
    NOWHERE,
    Inlines,
    Node,
    Origin,
    PageBreak,
    Paragraph,
    Picture,
    Proposed,
    Reference,
    Row,
    Section,
    Series,
    Table,
    Text,
)

__all__ = [
    "CHART_KINDS",
    "Block", "Break", "Cell", "Chart", "Contents", "Diagram", "Document", "Edge", "Gap", "Heading", "Inline",
    "ListItem", "Node", "Origin", "PageBreak", "Paragraph", "Picture", "Proposed", "Reference", "Row",
    "Section", "Series", "Table", "Text", "NOWHERE", "Inlines",
]  # fmt: skip
