"""The decisions with an annex that users imported, as statements.

Of several imports of one plan the last counts. What an earlier one had and the last has no more stays, and is marked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from pactgraph.errors import UserError, fail
from pactgraph.ids import Ids, plan_key
from pactgraph.settings import Settings
from pactgraph.sources.annex.read import read_annex
from pactgraph.sources.annex.reading import load_reading
from pactgraph.sources.annex.records import Annex
from pactgraph.sources.annex.to_rdf import AnnexWriter
from pactgraph.sources.countries import country_folders
from pactgraph.sources.imported import Imported
from pactgraph.sources.tables import bodies, laws, plans
from pactgraph.sources.tables.tomlfile import read_toml

ANNEX = "annex"


@dataclass(frozen=True)
class ImportedAnnex:
    """An annex that a user imported."""

    item: Imported
    annex: Annex

    @property
    def key(self) -> str:
        """The key of its plan."""
        return plan_key(self.annex.number_reading, self.annex.date[:4])


def annex_writer(annex: Annex, settings: Settings, country: str, item: Imported | None = None,
                 again: bool = False) -> AnnexWriter:
    """The writer of an annex with the registries of its country; laws are those of the document's day."""
    folder = country_folders(settings.data_folder())[country]
    problems: list[UserError] = []
    titles = laws.titles_on(folder, date.fromisoformat(annex.date), problems)
    names = bodies.ids_by_name(folder, problems)
    units = bodies.unit_ids_by_name(folder, problems)
    note = read_toml(folder / "country.toml", problems)
    for problem in problems:
        raise problem
    assert note is not None
    return AnnexWriter(annex, Ids(settings.base, country), names, units, titles, note.text("language"), item, again)


def refuse_errors(annex: Annex, problems: list[UserError]) -> None:
    """Tell the rows of an annex that cannot be read."""
    for row, issue in annex.errors():
        problems.append(fail(f"issue-{issue.code}", file=annex.file, line=issue.lines[0], row=row or "?",
                             found=issue.found, reading=issue.reading or "?"))


# Imported annexes -------------------------------------------------------------------------------------------------


def imported_annexes(items: Iterable[Imported], settings: Settings) -> list[ImportedAnnex]:
    """The imported annexes, in the order in which they came."""
    countries = country_folders(settings.data_folder())
    found = []
    for item in items:
        if item.format != ANNEX:
            continue
        if item.country not in countries:
            raise fail("unknown-country", country=item.country, known=", ".join(countries))
        found.append(ImportedAnnex(item, read_annex(item.file, load_reading(countries[item.country]), settings.import_bytes)))
    return found


def imported_quads(items: Iterable[Imported], quads: list[ox.Quad], settings: Settings,
                   problems: list[UserError]) -> list[ox.Quad]:
    """``quads`` with what the imported annexes say."""
    of_plan: dict[tuple[str, str], list[ImportedAnnex]] = {}
    for one in imported_annexes(items, settings):
        refuse_errors(one.annex, problems)
        of_plan.setdefault((one.item.country, one.key), []).append(one)
    for (country, _), imports in of_plan.items():
        text = _plan_quads(imports, settings)
        quads = plans.displaced(quads, text, Ids(settings.base, country)) + text
    return quads


def _plan_quads(imports: list[ImportedAnnex], settings: Settings) -> list[ox.Quad]:
    """The statements of all imports of one plan: the last one's, and what each earlier one had that no later one has."""
    writers = [annex_writer(one.annex, settings, one.item.country, one.item, place > 0) for place, one in enumerate(imports)]
    quads = writers[-1].quads()
    held = _numbers(imports[-1].annex)
    first = len(held) + 1
    for place in range(len(imports) - 2, -1, -1):
        lost = _numbers(imports[place].annex) - held
        quads = quads + writers[place].kept(lost, writers[place + 1].source, first)
        first += len(lost)
        held |= lost
    return quads


def _numbers(annex: Annex) -> set[str]:
    return {row.id for row in annex.rows} | {duty.id for duty in annex.duties}
