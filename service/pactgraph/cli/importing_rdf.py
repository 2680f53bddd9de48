"""``pactgraph import rdf``: statements of a user in the ontology of this project, previewed, compared, checked, added."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pactgraph.cli.importing import import_command
from pactgraph.cli.importing_store import folder_of, has_folder, imported_now, keep_and_build, refuse_earlier
from pactgraph.cli.options import import_options, settings_with
from pactgraph.cli.output import print_table
from pactgraph.cli.screen import note
from pactgraph.errors import UserError
from pactgraph.settings import Settings
from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.build.imported_rdf import StatementComparison
    from pactgraph.build.validate import Finding
    from pactgraph.sources.statements import StatementFile


@import_command.command("rdf", epilog="Example: pactgraph import rdf statements.ttl --dry-run")
@import_options
def rdf_command(file: str, dry_run: bool, form: str, store: str | None, lang: str) -> int:
    """Read statements in the ontology of this project (Turtle, JSON-LD, N-Triples, RDF/XML; the name's ending tells which)."""
    from pactgraph.build.imported_rdf import compare, findings, others_say
    from pactgraph.sources.statements import read_statements

    settings = settings_with(store)
    if not dry_run:
        folder_of(settings)
    read = read_statements(Path(file), settings.import_bytes)
    _tell_issues(read, lang)
    if read.errors() and not dry_run:
        return _refuse(len(read.errors()), lang)
    quads, before = others_say(read, settings, has_folder(settings))
    found = compare(read, quads, before)
    checked = [] if found.changes_nothing or read.errors() else findings(read, quads, settings)
    if dry_run:
        _show(read, found, settings, form)
    wrong = len(read.errors()) + _tell(read, found, checked, lang)
    if wrong:
        return _refuse(wrong, lang)
    if found.changes_nothing:
        note(say("import-rdf-same", lang, file=read.file))
    elif not dry_run:
        refuse_earlier(settings, read.sha256, read.file)
        keep_and_build(settings, imported_now(Path(file), "rdf"), Path(file), read.sha256, lang)
        note(say("import-rdf-done", lang, file=read.file, things=len(read.things), statements=_statements(read)))
    return 0


def _refuse(count: int, lang: str) -> int:
    note(say("import-refused", lang, count=count))
    return 2


def _statements(read: StatementFile) -> int:
    return len({triple for thing in read.things.values() for triple in thing.triples})


def _show(read: StatementFile, found: StatementComparison, settings: Settings, form: str) -> None:
    if form == "trig":
        import pyoxigraph as ox

        from pactgraph.build.imported_rdf import as_import
        from pactgraph.namespaces import PREFIXES

        quads = as_import(read, imported_now(Path(read.file), "rdf")).quads(settings)
        data = ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=PREFIXES)
        assert data is not None
        sys.stdout.write(data.decode("utf-8"))
    elif form == "json":
        json.dump({"records": _records(read, found), "issues": [issue.as_json() for issue in read.issues]}, sys.stdout,
                  ensure_ascii=False, indent=1)
        print()
    else:
        from pactgraph.questions.table import Table
        from pactgraph.sources.statements import short

        rows = [[str(thing.line), found.results[iri], short(iri), ", ".join(thing.types), str(len(thing.triples))]
                for iri, thing in read.things.items()]
        print_table(Table(["line", "result", "thing", "class", "statements"], rows), "table")


def _records(read: StatementFile, found: StatementComparison) -> list[dict[str, Any]]:
    return [{"thing": iri, "result": found.results[iri], "types": thing.types, "values": thing.values(),
             "differences": {name: list(values) for name, values in found.differences.get(iri, {}).items()},
             "source": {"file": read.file, "line": thing.line}} for iri, thing in read.things.items()]


def _tell_issues(read: StatementFile, lang: str) -> None:
    """What is wrong with the statements themselves, at its line, and how much was read."""
    from pactgraph.sources.statements import problem_of

    for issue in read.issues:
        near = say("issue-nearest", lang, names=", ".join(issue.nearest)) if issue.nearest else ""
        note(problem_of(issue, read.file, near).message(lang))
    note(say("import-rdf-read", lang, file=read.file, count=len(read.things), statements=_statements(read),
             issues=len(read.issues)))


def _tell(read: StatementFile, found: StatementComparison, checked: list[Finding], lang: str) -> int:
    """What the checks find, at its line, then what an import changes; returns how many findings stop it."""
    from pactgraph.build.check_report import message
    from pactgraph.build.imported_rdf import ADDS, CHANGED, NEW, SAME
    from pactgraph.sources.statements import short

    errors = [finding for finding in checked if finding.result.severity == "error"]
    for finding in errors:
        thing = short(finding.within or finding.result.focus)
        told = {"thing": thing, "message": message(finding.result, lang)}
        note(UserError("import-rdf-wrong", told, read.file, finding.line).message(lang))
    if len(checked) > len(errors):
        note(say("import-rdf-notes", lang, count=len(checked) - len(errors), file=read.file))
    for iri, differences in found.differences.items():
        changes = "; ".join(f"{name}: {old or '–'} → {new or '–'}" for name, (old, new) in differences.items())
        note(f"{read.file}: " + say("import-rdf-changed", lang, thing=short(iri), changes=changes))
    for gone, _ in found.vanished:
        note(f"{read.file}: " + say("import-rdf-vanished", lang, thing=short(gone.iri), line=gone.line))
    note(f"{read.file}: " + say("import-rdf-outcome", lang, new=found.count(NEW), adds=found.count(ADDS),
                                changed=found.count(CHANGED), same=found.count(SAME), vanished=len(found.vanished)))
    return len(errors)
