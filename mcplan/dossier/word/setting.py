"""What is known while the text is set: headings, anchors, and what has been counted so far."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from mcplan.dossier.blocks import Block, Control, Heading, Run, Table, Words
from mcplan.dossier.fingerprint import of_text
from mcplan.dossier.word.package import WordFile
from mcplan.dossier.word.text import escaped, is_rtl, set_run
from mcplan.markdown import is_safe_link
from mcplan.text import clean_text

_SAYS_NOTHING = re.compile(r"(?:click )?here|link|more|read more", re.IGNORECASE)
_BARE = re.compile(r"https?://(\S+)", re.IGNORECASE)


@dataclass
class Setting:
    """The state of one text being set, block by block."""

    headings: tuple[Heading, ...]
    """All headings, for the contents."""
    bookmarks: dict[str, str]
    """Anchor to bookmark, for every anchor there is."""
    file: WordFile
    """What the text is for; it knows links, pictures and lists by ids of its own."""
    captions: dict[str, int] = field(default_factory=dict)
    """How many figures and tables there are so far, by word."""
    wide: bool = False
    """True while pages lie on their side."""
    set_headings: int = 0
    set_bookmarks: int = 0

    @classmethod
    def of(cls, blocks: Iterable[Block], file: WordFile) -> Setting:
        """The state before the first block."""
        blocks = tuple(blocks)
        headings = tuple(each for each in blocks if isinstance(each, Heading))
        anchors = [heading.anchor for heading in headings if heading.anchor]
        anchors += [anchor for each in blocks if isinstance(each, Table) for anchor in each.anchors]
        return cls(headings, {anchor: bookmark_name(anchor) for anchor in anchors}, file)

    @property
    def width(self) -> int:
        """Width of the text where it is set now, in twentieths of a point."""
        return self.file.text_width(wide=self.wide)

    def next_number(self, word: str) -> int:
        """The number of the next figure or table."""
        self.captions[word] = self.captions.get(word, 0) + 1
        return self.captions[word]

    def bookmark(self, name: str) -> tuple[str, str]:
        """The start and the end of a bookmark."""
        self.set_bookmarks += 1
        id = self.set_bookmarks
        return f'<w:bookmarkStart w:id="{id}" w:name="{name}"/>', f'<w:bookmarkEnd w:id="{id}"/>'

    def runs(self, words: Words, *, rtl: bool = False) -> str:
        """Runs and links, in order."""
        return "".join([self._run(run, rtl) for run in words])

    def paragraph(self, style: str, words: Words, extra: str = "", late: str = "") -> str:
        """A paragraph.

        Args:
            style: the id of its style.
            words: what it says.
            extra: properties that stand before the direction of writing in the schema.
            late: properties that stand after it.
        """
        rtl = any(not run.text.isascii() for run in words) and is_rtl("".join(run.text for run in words))
        direction = "<w:bidi/>" if rtl else ""
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}{direction}{late}</w:pPr>{self.runs(words, rtl=rtl)}</w:p>'
        )

    def control(self, control: Control, content: str, says: str, *, inline: bool) -> str:
        """`content` in a content control that can be edited; each place once, for a second one would never be read.

        Args:
            control: the place.
            content: what stands there.
            says: the letters for it (`mcplan.dossier.fingerprint`).
            inline: True if it is part of a paragraph.
        """
        if control.tag in self.file.places:
            return content
        self.file.places[control.tag] = says
        blank = "<w:showingPlcHdr/>" if control.is_blank else ""
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{escaped(control.title)}"/><w:tag w:val="{escaped(control.tag)}"/>'
            f'<w:id w:val="{len(self.file.places)}"/>{blank}{_way(control, inline)}</w:sdtPr>'
            f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )

    def _run(self, run: Run, rtl: bool) -> str:
        if run.control:
            return self.control(run.control, self._linked(run, rtl), of_text(clean_text(run.text)), inline=True)
        return self._linked(run, rtl)

    def _linked(self, run: Run, rtl: bool) -> str:
        if run.anchor in self.bookmarks:
            name, shown = self.bookmarks[run.anchor], set_run(run, rtl=rtl, style="Hyperlink")
            return f'<w:hyperlink w:anchor="{name}" w:history="1">{shown}</w:hyperlink>'
        if run.link and is_safe_link(run.link):
            return (
                f'<w:hyperlink r:id="{self.file.link(run.link)}" w:tooltip="{escaped(run.link[:250])}" w:history="1">'
                f"{set_run(telling(run), rtl=rtl, style='Hyperlink')}</w:hyperlink>"
            )
        return set_run(run, rtl=rtl)


def _way(control: Control, inline: bool) -> str:
    """How a control is filled: by writing, or by picking from a list that lets people write as well."""
    if not inline:
        return ""
    if not control.picks:
        return '<w:text w:multiLine="1"/>'
    items = "".join(
        f'<w:listItem w:displayText="{escaped(pick)}" w:value="{escaped(pick)}"/>' for pick in control.picks
    )
    return f"<w:comboBox>{items}</w:comboBox>"


def bookmark_name(anchor: str) -> str:
    """A bookmark name for an anchor: at most 40 letters, digits and low lines, and different for different anchors."""
    return f"m_{re.sub(r'[^A-Za-z0-9]', '_', anchor)[:28]}_{zlib.crc32(anchor.encode()):08x}"


def telling(run: Run) -> Run:
    """The run with a text that says on its own where the link leads."""
    bare = _BARE.fullmatch(run.text.strip())
    if bare:
        return Run(bare.group(1), bold=run.bold, italic=run.italic)
    if _SAYS_NOTHING.fullmatch(run.text.strip()):
        return Run(f"{run.text} ({run.link.partition('://')[2] or run.link})", bold=run.bold, italic=run.italic)
    return run
