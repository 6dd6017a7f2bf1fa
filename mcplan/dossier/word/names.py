"""Names that the parts of a Word file share."""

from __future__ import annotations

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
WML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = f'xmlns:w="{WML}"'
"""The namespace of text."""
ALL = (
    f'{MAIN} xmlns:r="{_OFFICE}" xmlns:wp="{_DRAWING}/wordprocessingDrawing" '
    f'xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"'
)
"""The namespaces of text, relationships and pictures."""
PICTURE = f"{_DRAWING}/picture"


def relationship(kind: str) -> str:
    """The type of a relationship, such as that of a `hyperlink`."""
    return f"{_OFFICE}/{kind}"
