"""``pactgraph backup``, ``pactgraph restore`` and ``pactgraph doctor``."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from pactgraph.cli.options import lang_option, settings_with, store_option
from pactgraph.cli.output import print_table
from pactgraph.cli.screen import note
from pactgraph.texts import say

_form = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
                     help="Words for people, or values for programs.")


@click.command("backup", epilog="Example: pactgraph backup pactgraph-2026-11-22.tar.gz")
@click.argument("target", type=click.Path())
@click.option("--with-graph", is_flag=True, help="Put the built graph in too; it can be built again without.")
@_form
@store_option
@lang_option
def backup_command(target: str, with_graph: bool, form: str, store: str | None, lang: str) -> None:
    """Save what cannot be built again into one file: journal, tokens (hashes) and imported files.

    The service may run meanwhile. TARGET ends in .tar.gz; a file that is there is never replaced. Keep it as safe as the
    journal: it holds restricted graphs.
    """
    from pactgraph.operating.backup import back_up

    made = back_up(settings_with(store), Path(target), with_graph=with_graph)
    size = Path(target).stat().st_size
    if form == "json":
        data = {"file": target, "bytes": size, "entries": made.head, "imported": made.imported,
                "fingerprint": made.fingerprint, "with_graph": made.has_graph, "files": len(made.files)}
        click.echo(json.dumps(data, ensure_ascii=False))
    else:
        click.echo(say("backup-done", lang, file=target, kilobytes=-(-size // 1000), entries=made.head,
                       imported=made.imported))
    if made.own_data:
        note(say("backup-own-data", lang))


@click.command("restore", epilog="Example: pactgraph restore pactgraph-2026-11-22.tar.gz --store restored")
@click.argument("file", type=click.Path())
@click.option("--replace", is_flag=True,
              help="Restore into a store that holds something; that is kept beside it under another name.")
@_form
@store_option
@lang_option
def restore_command(file: str, replace: bool, form: str, store: str | None, lang: str) -> None:
    """Make a store and its journal from a backup. The backup is checked whole before anything is written."""
    from pactgraph.operating.restore import restore

    done = restore(settings_with(store), Path(file), replace=replace)
    if form == "json":
        data = {"store": str(done.store), "journal": str(done.journal), "entries": done.manifest.head,
                "fingerprint": done.manifest.fingerprint, "kept": [str(path) for path in done.kept]}
        click.echo(json.dumps(data, ensure_ascii=False))
        return
    click.echo(say("restore-done", lang, store=done.store, journal=done.journal, entries=done.manifest.head))
    for path in done.kept:
        note(say("restore-kept", lang, folder=path))
    if done.manifest.own_data:
        note(say("backup-own-data", lang))


@click.command("doctor", epilog="Example: pactgraph doctor --lang vi")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="A table for people, or values for programs.")
@click.option("--fail-on", type=click.Choice(["warn", "fail"]), help="Exit 1 where something is so bad, or worse.")
@store_option
@lang_option
def doctor_command(form: str, fail_on: str | None, store: str | None, lang: str) -> int:
    """Look at machine, settings, store and journal, and say what to do. Nothing is changed."""
    from pactgraph.operating.doctor import as_table, examine, worst
    from pactgraph.operating.finding import STATES

    findings = examine(os.environ, {"store": store} if store else None)
    table = as_table(findings, lang)
    if form == "json":
        click.echo(json.dumps({"worst": worst(findings), "checks": table.records()}, ensure_ascii=False, indent=1))
    else:
        print_table(table, "table")
    return 1 if fail_on and STATES.index(worst(findings)) >= STATES.index(fail_on) else 0
