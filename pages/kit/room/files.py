"""The files of the pages of a workshop. Their scripts come from our own address, as their policy asks."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

HERE = Path(__file__).parent
TYPES = {".js": "text/javascript", ".css": "text/css"}
FILES: dict[str, bytes] = {path.name: path.read_bytes() for path in sorted(HERE.iterdir()) if path.suffix in TYPES}
VERSION = hashlib.sha256(b"".join(FILES.values())).hexdigest()[:16]
KEEPER = FILES["keeper.js"].decode().replace("{version}", VERSION)
"""The service worker of the phone's page. It names the version, so a new one takes the place of the old."""
TITLES = {"phone": "Workshop", "wall": "Workshop on the big screen"}
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="stylesheet" href="/w/files/{version}/room.css">
<script type="module" src="/w/files/{version}/{name}.js"></script>
</head>
<body class="{name}" data-code="{code}"><main id="main"><p>One moment…</p></main></body>
</html>
"""


def page_of(name: Literal["phone", "wall"], code: str) -> str:
    """A page that loads its script; `code` has passed `read_code`, so nothing in it can be taken for markup."""
    return PAGE.format(title=TITLES[name], version=VERSION, name=name, code=code)


def script_of(name: str) -> str:
    """The few lines by which a component of Streamlit's loads a script of these files."""
    return f"""const address = new URL("/w/files/{VERSION}/{name}", location.origin).href;
export default (await import(address)).default;
"""
