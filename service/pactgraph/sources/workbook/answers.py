"""What a body answers about one of its tasks, in a form that does not depend on language or program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pactgraph.sources.workbook.layout import checksum


@dataclass(frozen=True, order=True)
class Evidence:
    """A file, by its name and checksum, or an address."""

    name: str = ""
    sha256: str = ""
    address: str = ""

    def __str__(self) -> str:
        return self.address or (f"{self.name} (sha256: {self.sha256})" if self.sha256 else self.name)


@dataclass(frozen=True)
class Answer:
    """The cells that a body fills in. ``status`` is a code of the vocabulary; an empty answer says nothing."""

    status: str = ""
    done: str = ""
    day: date | None = None
    evidence: tuple[Evidence, ...] = ()
    office: str = ""
    note: str = ""

    def __bool__(self) -> bool:
        return any(self.values())

    def values(self) -> tuple[str, ...]:
        """The values in the order of the columns, as they are compared."""
        return (self.status, self.done, self.day.isoformat() if self.day else "",
                "\n".join(sorted(map(str, self.evidence))), self.office, self.note)

    def checksum(self) -> str:
        """The checksum of the values."""
        return checksum(self.values())

    def shown(self, statuses: dict[str, str]) -> tuple[str | date, ...]:
        """The values as people see them: ``statuses`` gives each code its name."""
        _, *rest = self.values()
        rest[1:2] = [self.day or ""]  # type: ignore[list-item]
        return (statuses.get(self.status, self.status), *rest)
