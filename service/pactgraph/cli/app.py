"""The commands. Each lives in a module that is imported only when the command runs, so that start-up stays quick."""

from __future__ import annotations

from importlib import import_module

import click

from pactgraph import __version__

_COMMANDS = {
    "build": ("building", "Build the graph into a store."),
    "serve": ("building", "Build the graph if an input changed, and serve it."),
    "import": ("importing", "Read a document or export of a user, preview it or add it."),
    "loading-day": ("loading_day", "Bring new observations and the plan that answers them; decide what they take up."),
    "workbook": ("workbooks", "Make a workbook that a body fills in, and bring its answers back."),
    "questions": ("asking", "List the questions that the graph answers."),
    "ask": ("asking", "Ask one question."),
    "query": ("asking", "Run a SPARQL query from a file."),
    "evidence": ("asking", "Show the words of the sources behind a thing or link."),
    "search": ("searching", "Find things by words, names or codes."),
    "gaps": ("checking", "List what is not recorded in the graph."),
    "validate": ("checking", "Check the graph, or files of yours, against the shapes."),
    "report": ("reporting", "Write a report that people hand in: DOCX, XLSX, HTML or a calendar."),
    "export": ("exporting", "Publish the graph as files: dumps in formats of RDF, tables with schemas."),
    "release": ("releasing", "Make a release: all exports under one version, with notes and checks."),
    "backup": ("operating", "Save the journal, tokens and imported files into one file."),
    "restore": ("operating", "Make a store and its journal from a backup."),
    "doctor": ("operating", "Look at machine, settings, store and journal, and say what to do."),
    "token": ("tokens", "Make, list and revoke the tokens of those who write."),
    "log": ("journaling", "List what was written to the graph: who, when, why and how much."),
    "undo": ("journaling", "Take back an entry of the journal."),
    "diff": ("comparing", "Tell in words what changed between two builds."),
}


class _Commands(click.Group):
    """Looks a command up by name and imports its module then."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"pactgraph.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="pactgraph")
def pactgraph() -> None:
    """From a recommendation made in Geneva to the desk that must answer it.

    \b
    Examples:
      pactgraph serve
      pactgraph ask agency-for-recommendation --lang vi
      pactgraph COMMAND --help
    """
