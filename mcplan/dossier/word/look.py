"""The look of the dossier: colours, measures, and the paragraph styles.

To change the look, change `PARAGRAPHS` at the foot of this file. Text keeps a contrast of 4.5:1
on whatever it stands on, and nothing is smaller than 8.5 points.
"""

from __future__ import annotations

from dataclasses import dataclass

NAVY, TEAL, INK, GREY, LINK = "1B365D", "0B6E69", "222B36", "4F5B69", "0B4F8A"
GREEN, AMBER, RED = "1E6B3A", "8A4B00", "A61C1C"
RULE, TINT, CALM, WARN = "C9D2DC", "F2F5F8", "E8F2F1", "FDF3E4"
BODY, HEAD = "Calibri", "Cambria"
LANGUAGE = "en-GB"
TEXT_WIDTH = 9411
"""Width of the text on the page, in twentieths of a point: A4 less two margins of 22 mm."""
HEAD_WIDTH = 680
"""Where the text of a numbered heading starts, in the same unit."""
FACT_WIDTH = 2722
"""Where the value of a short fact starts."""


@dataclass(frozen=True)
class Edge:
    """A line beside a paragraph."""

    side: str
    eighths: int
    """Its thickness in eighths of a point."""
    colour: str
    space: int = 4
    """Points between line and text."""


@dataclass(frozen=True)
class Look:
    """A paragraph style.

    Sizes and spaces are points, `line` is a multiple of one line; indents, tabs and letter
    spacing are twentieths of a point. What is 0, empty or None is as in the style it is based on.
    """

    name: str
    size: float = 0
    font: str = ""
    colour: str = ""
    bold: bool = False
    italic: bool = False
    based_on: str = "Normal"
    next: str = ""
    before: float | None = None
    after: float | None = None
    line: float | None = None
    indent: int = 0
    hanging: int = 0
    right_indent: int = 0
    with_next: bool = False
    whole: bool = False
    """Never split over two pages."""
    new_page: bool = False
    close: bool = False
    """No space between neighbours of the same style."""
    outline: int = 0
    """Level in the outline, from 1; 0 for none."""
    number: tuple[int, int] | None = None
    """A list of `word/numbering.xml` and a level of it, from 0."""
    edges: tuple[Edge, ...] = ()
    shade: str = ""
    tab: tuple[str, int] | None = None
    """Kind and place of a tab stop."""
    spaced: int = 0
    align: str = ""

    @property
    def id(self) -> str:
        """The name without blanks, by which paragraphs refer to it."""
        return self.name.replace(" ", "")


def _numbered_heading(level: int, size: float, before: float, after: float) -> Look:
    """A heading whose number hangs before its text."""
    return Look(
        f"Heading {level}",
        size,
        HEAD,
        NAVY,
        bold=True,
        next="Normal",
        before=before,
        after=after,
        line=1.05,
        indent=HEAD_WIDTH,
        hanging=HEAD_WIDTH,
        with_next=True,
        whole=True,
        new_page=level == 1,
        outline=level,
        number=(1, level - 1),
        edges=(Edge("bottom", 8, TEAL, 5),) if level == 1 else (),
        tab=("left", HEAD_WIDTH),
    )


def _callout(name: str, colour: str, fill: str) -> tuple[Look, Look]:
    # Head and body share borders and indents: only then is one box drawn around both.
    thin = tuple(Edge(side, 4, fill, 5) for side in ("bottom", "right"))
    edges = (Edge("top", 4, fill, 5), Edge("left", 36, colour, 8), *thin)
    body = Look(name, before=0, after=2, indent=227, right_indent=113, whole=True, edges=edges, shade=fill)
    return body, Look(f"{name} Head", 0, "", colour, bold=True, before=5, based_on=name, next=name, with_next=True)


_RULES = (Edge("bottom", 4, RULE, 3), Edge("between", 4, RULE, 3))

PARAGRAPHS: tuple[Look, ...] = (
    Look("Normal", 10.5, BODY, INK, after=6, line=1.15),
    Look("Institution", 0, "", TEAL, bold=True, spaced=20, before=0, after=110, edges=(Edge("top", 48, TEAL, 12),)),
    Look("Kind", 0, "", TEAL, bold=True, spaced=30, after=4, with_next=True),
    Look("Title", 32, HEAD, NAVY, bold=True, next="Subtitle", after=8, line=1.0, with_next=True),
    Look("Long Title", 18, based_on="Title", next="Subtitle"),
    Look("Subtitle", 14, "", GREY, after=30),
    _numbered_heading(1, 21, 0, 12),
    _numbered_heading(2, 14, 16, 5),
    Look("Heading 3", 11.5, "", TEAL, bold=True, next="Normal", before=14, after=2, line=1.1,
         with_next=True, whole=True, outline=3),
    Look("Contents Heading", 21, HEAD, NAVY, bold=True, after=8, with_next=True, new_page=True),
    Look("TOC 1", 10, "", NAVY, bold=True, before=5.5, after=0.5, line=1.0, indent=567, hanging=567, tab=("left", 567)),
    Look("TOC 2", 9.5, before=0, after=0.5, line=1.0, indent=1134, hanging=567, tab=("left", 1134)),
    Look("Lead", 12, after=8, line=1.2),
    Look("Meta Line", 9, "", GREY, after=4, with_next=True),
    Look("Label", 9, "", GREY, after=1, with_next=True),
    Look("Note", 9, "", GREY, before=3, after=8),
    Look("Evidence Item", 9.5, after=2, line=1.05, indent=567, hanging=567, tab=("left", 567)),
    Look("Caption", 9, "", GREY, bold=True, before=10, after=3, with_next=True),
    Look("Figure", after=2),
    Look("Table Text", 9.5, before=1.5, after=1.5, line=1.05),
    Look("Table Number", based_on="Table Text", align="right"),
    Look("Table Head", 0, "", "FFFFFF", bold=True, based_on="Table Text", before=2, after=2, line=1.0, with_next=True),
    Look("Table Head Number", based_on="Table Head", align="right"),
    Look("Key Figure", 20, HEAD, NAVY, bold=True, based_on="Table Text", before=4, after=0, line=1.0, with_next=True),
    Look("After Table", 4, before=0, after=2, line=1.0),
    *_callout("Callout", TEAL, CALM),
    *_callout("Callout Warn", AMBER, WARN),
    Look("Fact", before=2, after=2, indent=FACT_WIDTH, hanging=FACT_WIDTH, edges=_RULES, tab=("left", FACT_WIDTH)),
    Look("List Bullet", after=6, close=True),
    Look("List Number", after=6, close=True),
    Look("List Continue", after=4, indent=340),
    Look("Quote", 0, "", GREY, italic=True, indent=340),
    Look("Header", 8.5, "", GREY, after=0, edges=(Edge("bottom", 4, RULE, 4),), tab=("right", TEXT_WIDTH)),
    Look("Footer", 8.5, "", GREY, after=0, edges=(Edge("top", 4, RULE, 4),), tab=("right", TEXT_WIDTH)),
)  # fmt: skip
