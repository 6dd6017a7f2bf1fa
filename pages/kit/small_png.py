"""Pictures for paper, packed small: a chart has few colours, and each byte goes to every member of a board."""

from __future__ import annotations

from io import BytesIO

COLOURS = 64
INCH = 200
"""Dots to an inch."""


def small_png(drawn: bytes) -> bytes:
    """The same picture with a palette, a fifth of the size; white stays white."""
    from PIL import Image

    # The octree takes a fifth of the time of the median cut, and everybody waits while it works.
    picture = Image.open(BytesIO(drawn)).convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE)
    palette = picture.getpalette() or []
    whites = [place for place in range(0, len(palette), 3) if min(palette[place : place + 3]) >= 254]
    for place in whites:
        palette[place : place + 3] = [255, 255, 255]
    picture.putpalette(palette)
    packed = BytesIO()
    picture.save(packed, "PNG", optimize=True, dpi=(INCH, INCH))
    return packed.getvalue()
