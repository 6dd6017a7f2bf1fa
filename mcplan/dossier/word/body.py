"""Each kind of block as WordprocessingML.

To set a new kind of block, write one function here and name it in `SETTERS` at the foot of this file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mcplan.dossier.blocks import (
    Blank,
    Block,
    Bullets,
    Callout,
    Contents,
    Figure,
    Frame,
    Heading,
    KeyFigures,
    KeyValues,
    Origin,
    Para,
    Run,
    Table,
    Turn,
    Typed,
    Words,
)
from mcplan.dossier.fingerprint import of_passages, of_text
from mcplan.dossier.word.contents import set_contents
from mcplan.dossier.word.numbering import BULLETS, DEEPEST, indent
from mcplan.dossier.word.package import WIDE, quoted
from mcplan.dossier.word.pictures import set_picture
from mcplan.dossier.word.setting import Setting, telling
from mcplan.dossier.word.tables import set_key_figures, set_table
from mcplan.dossier.word.text import set_run
from mcplan.markdown import Passage, Span, read_markdown
from mcplan.text import clean_text

LONG_TITLE = 90
"""A title of more characters is set smaller, so that the cover stays one page."""
PLACEHOLDER = "PlaceholderText"
"""The style by which Word knows what is to be written over."""
NOTHING = of_text("")
ROLES = {
    "body": "Normal",
    "lead": "Lead",
    "meta": "MetaLine",
    "label": "Label",
    "note": "Note",
    "evidence": "EvidenceItem",
    "institution": "Institution",
    "kind": "Kind",
    "title": "Title",
    "subtitle": "Subtitle",
}


def set_block(block: Block, setting: Setting) -> str:
    """A block as one or more elements of the body."""
    return SETTERS[type(block)](block, setting)


def set_frame(frame: Frame, setting: Setting) -> str:
    """Nothing in the body: the lines stand in the page's head and foot."""
    setting.file.set_frame(frame)
    return ""


def set_origin(origin: Origin, setting: Setting) -> str:
    """Nothing in the body: it stands in parts of its own."""
    setting.file.set_origin(origin)
    return ""


def set_heading(heading: Heading, setting: Setting) -> str:
    """A heading with a bookmark, so that the contents and others can lead to it."""
    names = [heading_bookmark(setting.set_headings)] if heading.level <= 2 else []
    setting.set_headings += 1
    if heading.anchor:
        names.append(setting.bookmarks[heading.anchor])
    marks = [setting.bookmark(name) for name in names]
    words = (Run(f"{heading.code}\u2002"),) if heading.code else ()
    extra = late = ""
    if heading.level == 1 and not heading.new_page:
        extra, late = '<w:pageBreakBefore w:val="0"/>', '<w:spacing w:before="480"/>'
    elif heading.level == 1 and not setting.file.is_ours:
        extra = "<w:pageBreakBefore/>"
    paragraph = setting.paragraph(f"Heading{heading.level}", (*words, Run(heading.text)), extra, late)
    opening, text = paragraph.split("</w:pPr>", 1)
    starts, ends = "".join(start for start, _ in marks), "".join(end for _, end in marks)
    return f"{opening}</w:pPr>{starts}{text.removesuffix('</w:p>')}{ends}</w:p>"


def heading_bookmark(place: int) -> str:
    """The bookmark of the heading at this place among all headings, from 0."""
    return f"h_{place + 1}"


def set_para(para: Para, setting: Setting) -> str:
    """A paragraph in the style of its role."""
    style = ROLES[para.role]
    if para.role == "title" and sum(len(run.text) for run in para.words) > LONG_TITLE:
        style = "LongTitle"
    return setting.paragraph(style, para.words, "<w:keepNext/>" if para.with_next else "")


def set_typed(typed: Typed, setting: Setting) -> str:
    """Every passage of the text as a paragraph or an item of a list."""
    style, lists = ROLES[typed.role], dict[int, int]()
    passages = read_markdown(typed.text)
    text = "".join([_passage(each, style, lists, setting) for each in passages])
    if not typed.control or not text:
        return text
    return setting.control(typed.control, text, of_passages([as_set(each) for each in passages]), inline=False)


def as_set(passage: Passage) -> Passage:
    """A passage as it can be read in the file: with links that say where they lead."""
    spans = tuple(_as_set(span) for span in passage.spans)
    return Passage(spans, passage.form, min(passage.depth, DEEPEST), passage.list_id, passage.number)


def _as_set(span: Span) -> Span:
    if not span.link:
        return Span(clean_text(span.text), span.bold, span.italic, span.code)
    told = telling(_run(span))
    return Span(clean_text(told.text), told.bold, told.italic, False, quoted(span.link))


def set_bullets(bullets: Bullets, setting: Setting) -> str:
    """A list, numbered from 1 or with bullets."""
    number = setting.file.new_list(0, 1) if bullets.numbered else BULLETS
    style = "ListNumber" if bullets.numbered else "ListBullet"
    items = "".join([_item(item, style, number, 0, setting) for item in bullets.items])
    if not bullets.control:
        return items
    lines = "\n".join(clean_text("".join(run.text for run in item)) for item in bullets.items)
    return setting.control(bullets.control, items, of_text(lines), inline=False)


def set_blank(blank: Blank, setting: Setting) -> str:
    """A place to write in: a paragraph of its own, or a line within one."""
    run = set_run(Run(blank.text), style=PLACEHOLDER)
    line = setting.control(blank.control, run, NOTHING, inline=True) if blank.is_line else run
    # What is open about it stands below, and never on another page.
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="Normal"/><w:keepNext/></w:pPr>{line}</w:p>'
    return paragraph if blank.is_line else setting.control(blank.control, paragraph, NOTHING, inline=False)


def set_callout(callout: Callout, setting: Setting) -> str:
    """A box of paragraphs with a line at its side; no text box, so that it is read in its place."""
    style = "CalloutWarn" if callout.tone == "warn" else "Callout"
    head = setting.paragraph(f"{style}Head", (Run(callout.head),))
    *first, last = callout.paragraphs
    kept = "".join([setting.paragraph(style, words, "<w:keepNext/>") for words in first])
    return head + kept + setting.paragraph(style, last, late='<w:spacing w:after="200"/>')


def set_key_values(facts: KeyValues, setting: Setting) -> str:
    """A line for each fact; its name in bold, then a tab."""
    return "".join(
        [setting.paragraph("Fact", (Run(name, bold=True), Run("\t"), *words)) for name, words in facts.items]
    )


def set_figure(figure: Figure, setting: Setting) -> str:
    """A caption, and the picture below it."""
    return set_picture(figure, setting)


def set_turn(turn: Turn, setting: Setting) -> str:
    """The end of the pages so far; the mark says how they lay, and `package` gives them their page."""
    mark = f' w:rsidR="{WIDE}"' if setting.wide else ""
    setting.wide = turn.wide
    return f'<w:p><w:pPr><w:pStyle w:val="AfterTable"/><w:sectPr{mark}/></w:pPr></w:p>'


def _passage(passage: Passage, style: str, lists: dict[int, int], setting: Setting) -> str:
    words = tuple(map(_run, passage.spans))
    depth = min(passage.depth, DEEPEST)
    match passage.form:
        case "bullet":
            return _item(words, "ListBullet", BULLETS, depth, setting)
        case "number":
            if passage.list_id not in lists:
                lists[passage.list_id] = setting.file.new_list(depth, passage.number)
            return _item(words, "ListNumber", lists[passage.list_id], depth, setting)
        case "continued":
            return setting.paragraph("ListContinue", words, late=f'<w:ind w:left="{indent(depth)}"/>')
        case "quote":
            return setting.paragraph("Quote", words)
        case _:
            return setting.paragraph(style, words)


def _item(words: Words, style: str, number: int, level: int, setting: Setting) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return setting.paragraph(style, words, place)


def _run(span: Span) -> Run:
    return Run(span.text, bold=span.bold, italic=span.italic, code=span.code, link=span.link)


def _contents(contents: Contents, setting: Setting) -> str:
    most, style = (2, "ContentsHeading") if contents.deep else (1, "Label")
    entries = [(place, each) for place, each in enumerate(setting.headings) if each.level <= most]
    title = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{set_run(Run(contents.title))}</w:p>'
    return title + set_contents([(heading_bookmark(place), each) for place, each in entries], most)


SETTERS: dict[type, Callable[[Any, Setting], str]] = {
    Frame: set_frame,
    Origin: set_origin,
    Contents: _contents,
    Heading: set_heading,
    Para: set_para,
    Typed: set_typed,
    Blank: set_blank,
    Bullets: set_bullets,
    Callout: set_callout,
    KeyValues: set_key_values,
    KeyFigures: set_key_figures,
    Figure: set_figure,
    Table: set_table,
    Turn: set_turn,
}
