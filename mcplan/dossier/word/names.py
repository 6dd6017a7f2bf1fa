"""Names that the parts of a Word file share."""

from __future__ import annotations

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
MAIN = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
"""The namespace of text."""
ALL = (
    f'{MAIN} xmlns:r="{_OFFICE}" xmlns:wp="{_DRAWING}/wordprocessingDrawing" '
    f'xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"'
)
"""The namespaces of text, relationships and pictures."""
DRAWING = f'xmlns:a="{_DRAWING}/main"'
"""The namespace of colours and fonts of a theme."""
PICTURE = f"{_DRAWING}/picture"
