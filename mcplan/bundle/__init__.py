"""A plan as a file that other programs and other installations read: a zip of JSON with a published schema.

`write_bundle` and `read_bundle` are the way out and in; `schema-2.json` says what each part holds. To change the
format, write a new schema beside it, name it in `FORMATS`, and keep reading every earlier one: a bundle of each is kept
in `tests/bundles`.
"""

from mcplan.bundle.contents import Bundle, FrozenText, Round
from mcplan.bundle.reading import read_bundle
from mcplan.bundle.writing import FORMAT, write_bundle

__all__ = ["FORMAT", "Bundle", "FrozenText", "Round", "read_bundle", "write_bundle"]
