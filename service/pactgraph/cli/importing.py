"""``pactgraph import``: read a user's file, preview it, or add it to the graph."""

from __future__ import annotations

from importlib import import_module

import click

from pactgraph.cli.workbooks import import_workbook_command

_ELSEWHERE = {"annex": "importing_annex", "rdf": "importing_rdf", "uhri": "importing_exports", "upr-info": "importing_exports",
              "thematic-list": "importing_documents", "concluding-observations": "importing_documents"}
"""The module in which the command of a format stands."""


class _Formats(click.Group):
    """Looks a format up by name and imports its module then."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _ELSEWHERE:
            import_module(f"pactgraph.cli.{_ELSEWHERE[cmd_name]}")
        return super().get_command(ctx, cmd_name)


@click.group("import", cls=_Formats, epilog="Example: pactgraph import annex decision.txt --dry-run --format json")
def import_command() -> None:
    """Read a document or export, preview it (--dry-run) or add it to the graph."""


import_command.add_command(import_workbook_command, "workbook")
