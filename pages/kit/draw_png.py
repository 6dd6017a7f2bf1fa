"""A program of its own that draws pictures for paper: charts on its standard input, a JSON list of specifications, and
on its standard output as long a list of PNG files in base64.

vl-convert holds Python's lock while it draws: no other thread of its process runs for a tenth of a second a chart, and
most of a second the first time. In a process of its own only whoever wants the dossier waits, and its memory goes away
with it. It imports nothing of mcplan, so it starts quickly.
"""

from __future__ import annotations

import json
import sys
from base64 import b64encode
from io import BytesIO

COLOURS = 64
INCH = 160
"""Dots to an inch of the chart as it is drawn. A page sets it smaller, so more than 200 to an inch are printed."""

NOTHING = '{"data": {"values": []}, "mark": "point"}'


def main() -> None:
    """Draw what is asked for."""
    import vl_convert

    # Whoever asks is still putting the charts together; the first one takes ten times as long as those after it.
    vl_convert.vegalite_to_png(NOTHING, ppi=INCH, allowed_base_urls=[])
    charts = json.load(sys.stdin.buffer)
    drawn = [small_png(vl_convert.vegalite_to_png(chart, ppi=INCH, allowed_base_urls=[])) for chart in charts]
    json.dump([b64encode(each).decode() for each in drawn], sys.stdout)


def small_png(drawn: bytes) -> bytes:
    """The same picture with a palette, a ninth of the size; white stays white.

    A chart has few colours, and each byte goes to every member of a board.
    """
    from PIL import Image

    # The octree takes a fifth of the time of the median cut.
    picture = Image.open(BytesIO(drawn)).convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE)
    palette = picture.getpalette() or []
    whites = [place for place in range(0, len(palette), 3) if min(palette[place : place + 3]) >= 254]
    for place in whites:
        palette[place : place + 3] = [255, 255, 255]
    picture.putpalette(palette)
    packed = BytesIO()
    picture.save(packed, "PNG", dpi=(INCH, INCH))
    return packed.getvalue()


if __name__ == "__main__":
    main()
