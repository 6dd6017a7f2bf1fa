"""Pictures in line with the text, and the captions of figures and tables."""

from __future__ import annotations

from mcplan.dossier.blocks import Figure, Run
from mcplan.dossier.word.names import PICTURE
from mcplan.dossier.word.setting import Setting
from mcplan.dossier.word.text import escaped, set_run

EMU = 635
"""English metric units, by which drawings are measured, in a twentieth of a point."""
TALLEST = 6_800
"""Greatest height of a picture, in twentieths of a point: 120 mm."""


def set_caption(word: str, text: str, setting: Setting) -> str:
    """The line above a figure or table, numbered by a field so that Word can list them."""
    number = setting.next_number(word)
    field = f'<w:fldSimple w:instr=" SEQ {word} \\* ARABIC "><w:r><w:t>{number}</w:t></w:r></w:fldSimple>'
    runs = f"{set_run(Run(f'{word} '))}{field}{set_run(Run(f'. {text}'))}"
    return f'<w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr>{runs}</w:p>'


def set_picture(figure: Figure, setting: Setting) -> str:
    """A caption and the picture below it, as wide as the text unless that makes it too tall."""
    relationship, across, down = setting.file.picture(figure.png)
    width, height = _fit(across, down, round(setting.width * figure.share))
    extent = f'cx="{width}" cy="{height}"'
    caption = set_caption("Figure", figure.caption, setting)
    id = setting.captions["Figure"]
    name, says = f"Figure {id}", escaped(figure.says)
    return caption + (
        '<w:p><w:pPr><w:pStyle w:val="Figure"/></w:pPr><w:r><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr id="{1000 + id}" name="{name}" descr="{says}"/><a:graphic><a:graphicData uri="{PICTURE}">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{1000 + id}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def _fit(width: int, height: int, room: int) -> tuple[int, int]:
    scale = min(room / max(width, 1), TALLEST / max(height, 1)) * EMU
    return round(width * scale), round(height * scale)
