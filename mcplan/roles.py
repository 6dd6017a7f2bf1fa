"""Who may do what in a plan: the roles, what each permits, and the words people read for them.

Source of the table: the separation of duties that review boards ask for. Whoever writes a plan does
not approve it, whoever approves it does not write it, and running an installation opens no plan.
"""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal["owner", "editor", "facilitator", "reviewer", "viewer"]
Permission = Literal[
    "view", "comment", "answer", "manage_risks", "snapshot", "facilitate",
    "review", "submit", "approve", "export", "manage_members", "delete",
]  # fmt: skip

ROLE_ORDER: tuple[Role, ...] = get_args(Role)
"""The roles of a plan, the one that may most first."""

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    "owner": frozenset(get_args(Permission)) - {"approve"},
    "editor": frozenset({"view", "comment", "answer", "manage_risks", "snapshot", "export"}),
    "facilitator": frozenset({"view", "comment", "answer", "manage_risks", "snapshot", "facilitate"}),
    "reviewer": frozenset({"view", "comment", "review", "approve", "export"}),
    "viewer": frozenset({"view"}),
}

ROLE_WORDS: dict[Role, tuple[str, str]] = {
    "owner": ("Owner", "writes, invites others, archives and deletes"),
    "editor": ("Editor", "writes answers and comments, and takes the dossier away"),
    "facilitator": ("Facilitator", "writes answers and comments for a sitting; takes nothing away"),
    "reviewer": ("Reviewer", "reads, comments, decides, and takes the dossier away; does not write answers"),
    "viewer": ("Viewer", "reads"),
}
"""A name for each role, and what it lets people do."""

REFUSALS: dict[Permission, str] = {
    "view": "This plan is no longer there.",
    "comment": "You can read this plan, but not comment on it.",
    "answer": "You can read this plan, but not change it.",
    "manage_risks": "You can read this plan, but not change its risks.",
    "snapshot": "You can read this plan, but not freeze a version of it.",
    "facilitate": "Only an owner or a facilitator can lead a workshop.",
    "review": "Only a reviewer or an owner can review this plan.",
    "submit": "Only an owner can submit this plan, say who decides, withdraw it, or reopen what was decided.",
    "approve": "Only a reviewer can decide on this plan.",
    "export": "You can read this plan on the screen, but not take it away as a file.",
    "manage_members": "Only an owner can say who may open this plan.",
    "delete": "Only an owner can archive, delete or bring back this plan.",
}
"""What people read when they lack a permission; an owner of the plan can give it."""


def may(role: Role, permission: Permission) -> bool:
    """True if people of this role may do this."""
    return permission in PERMISSIONS[role]
