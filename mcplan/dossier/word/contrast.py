"""Styles whose colour cannot be read on white paper (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re

from mcplan.parcel import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ENOUGH, ENOUGH_IF_LARGE = 4.5, 3.0
LARGE, LARGE_IF_BOLD = 36, 28
"""Half points from which text counts as large."""
READ = re.compile(
    r"normal|title|subtitle|heading [123]|caption|header|footer|toc [12]|quote|list .+|hyperlink", re.IGNORECASE
)
"""Names of the styles that the words of a dossier are set in."""


def contrast(one: str, other: str = "FFFFFF") -> float:
    """How much two colours, as six hexadecimal letters, stand out from one another: 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pale_styles(styles: Element) -> list[str]:
    """A sentence for each style that is too pale to be read by everybody."""
    return [said for style in styles.iter(f"{W}style") if (said := _said(style))]


def _said(style: Element) -> str:
    name, colour = _val(style, "name"), _val(style, "rPr/color")
    if not READ.fullmatch(name) or not re.fullmatch("[0-9A-Fa-f]{6}", colour):
        return ""
    size, bold = _val(style, "rPr/sz"), style.find(f"{W}rPr/{W}b") is not None
    half_points = int(size) if size.isdigit() else 0
    is_large = half_points >= (LARGE_IF_BOLD if bold else LARGE)
    found, needed = contrast(colour), ENOUGH_IF_LARGE if is_large else ENOUGH
    if found >= needed:
        return ""
    return (
        f"“{name}” is written in #{colour.upper()}, which stands out {found:.1f} to 1 on white; "
        f"{needed:g} to 1 is needed. Make it darker in the template."
    )


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _val(element: Element, path: str) -> str:
    found = element.find("/".join(f"{W}{part}" for part in path.split("/")))
    return found.get(f"{W}val", "") if found is not None else ""
