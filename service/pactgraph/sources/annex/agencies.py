"""Reads a cell that names bodies: who, on what subject, within what remit, ordered or asked.

The cell is read token by token. A bullet starts anew; "Đề nghị" makes every following body of the bullet a requested
one; a bracket or colon after bodies is their subject (or a unit of the body); a verb and a phrase of remit may follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from pactgraph.namespaces import fold
from pactgraph.sources.annex.names import Name, starts_with, tokens
from pactgraph.sources.annex.reading import Reading
from pactgraph.sources.annex.records import Agency, Issue


def read_agencies(cell: str, role: str, lines: Sequence[int], reading: Reading) -> tuple[list[Agency], list[Issue]]:
    """The bodies of a cell in their order, and what could not be read. ``role`` is the column: lead or cooperating."""
    return _CellReader(cell, role, tuple(lines), reading).read()


class _CellReader:
    def __init__(self, cell: str, role: str, lines: tuple[int, ...], reading: Reading) -> None:
        self.cell = cell
        self.words = tokens(cell)
        self.role = role
        self.lines = lines
        self.reading = reading
        self.at = 0
        self.found: list[Agency] = []
        self.issues: list[Issue] = []
        self.group_start = 0
        self.requested = False
        self.prefix = ""
        self.verb_seen = False

    def read(self) -> tuple[list[Agency], list[Issue]]:
        while self.at < len(self.words):
            self._step()
        return self.found, self.issues

    def _step(self) -> None:
        token = self.words[self.at]
        if self._at_bullet(self.at):
            self.at += 1
            self._new_bullet()
        elif token.text == "(":
            self._bracket()
        elif token.text == ":":
            self._colon()
        elif token.text == ";":
            self.at += 1
            self._new_group()
            self.prefix = ""
        elif not token.is_word:
            self.at += 1
        elif not (self._request() or self._distribute() or self._body() or self._verb() or self._mandate()
                  or self._joiner()):
            self._unknown()

    # What a step may find -------------------------------------------------------------------------------------

    def _request(self) -> bool:
        for phrase in self.reading.agencies.requests:
            if starts_with(self.words, self.at, phrase):
                self.at += len(phrase)
                self.requested = True
                self._new_group()
                return True
        return False

    def _distribute(self) -> bool:
        for phrase, prefix in self.reading.agencies.distributes:
            if starts_with(self.words, self.at, phrase):
                self.at += len(phrase)
                self.prefix = prefix
                return True
        return False

    def _joiner(self) -> bool:
        for phrase in self.reading.agencies.joiners:
            if starts_with(self.words, self.at, phrase):
                self.at += len(phrase)
                return True
        return False

    def _body(self) -> bool:
        hit = self._distributed_body() or self.reading.bodies.match(self.words, self.at)
        if hit is None or hit[0].kind == "unit":
            return False
        name, end = hit
        verbatim = self._slice(self.at, end)
        self.found.append(Agency(name.canonical, verbatim, requested=self.requested, group=name.kind == "group"))
        self.at = end
        self.verb_seen = False
        return True

    def _distributed_body(self) -> tuple[Name, int] | None:
        """A body whose first word was said once for all: "Quốc phòng" after "Các Bộ:"."""
        if not self.prefix:
            return None
        first = tokens(self.prefix)
        hit = self.reading.bodies.match([*first, *self.words[self.at:]], 0)
        if hit is None or hit[1] <= len(first):
            return None
        return hit[0], self.at + hit[1] - len(first)

    def _verb(self) -> bool:
        for phrase, role in self.reading.agencies.verbs:
            if starts_with(self.words, self.at, phrase):
                if role not in ("either", self.role):
                    verb = self._slice(self.at, self.at + len(phrase))
                    self.issues.append(Issue("role-verb", self.role, self.lines, verb, role))
                self.at += len(phrase)
                self.verb_seen = True
                return True
        return False

    def _mandate(self) -> bool:
        """A phrase of remit: with a verb it holds for all bodies before the verb, else for the last one."""
        if not self.found or not any(starts_with(self.words, self.at, p) for p in self.reading.agencies.mandate_starts):
            return False
        end = self._phrase_end()
        phrase = self._slice(self.at, end)
        for agency in self.found[self.group_start:] if self.verb_seen else self.found[-1:]:
            agency.mandate = phrase
        self.at = end
        return True

    def _bracket(self) -> None:
        close = next((i for i in range(self.at, len(self.words)) if self.words[i].text == ")"), None)
        end = len(self.words) if close is None else close
        if close is None:
            self.issues.append(Issue("unbalanced-bracket", self.role, self.lines, self._slice(self.at, end)))
        unit = self.reading.bodies.match(self.words, self.at + 1)
        if self.found and unit and unit[1] == end and unit[0].kind in ("unit", "body"):
            self.found[-1].subunit = unit[0].canonical
        elif end > self.at + 1:
            self._set_scope(self._slice(self.at + 1, end))
        self.at = end + 1

    def _colon(self) -> None:
        start = self.at + 1
        end = self._phrase_end(start, commas=True)
        if self.found and end > start:
            self._set_scope(self._slice(start, end))
        self.at = max(end, start)

    def _unknown(self) -> None:
        end = self.at
        while end < len(self.words) and self.words[end].text not in ";,():" and not self._at_bullet(end):
            end += 1
        text = self._slice(self.at, end).rstrip(" .")
        self.issues.append(Issue("unknown-body", self.role, self.lines, text, nearest(text, self.reading.body_names)))
        self.found.append(Agency(None, text, requested=self.requested))
        self.at = end

    # Small helpers --------------------------------------------------------------------------------------------

    def _set_scope(self, scope: str) -> None:
        for agency in self.found[self.group_start:]:
            if agency.scope is None:
                agency.scope = scope
        self.group_start = len(self.found)

    def _new_group(self) -> None:
        self.group_start = len(self.found)
        self.verb_seen = False

    def _new_bullet(self) -> None:
        self._new_group()
        self.requested = False
        self.prefix = ""

    def _at_bullet(self, at: int) -> bool:
        """A dash at the start of the cell, or one that is followed by a capital and stands in no name."""
        if self.words[at].key != "-":
            return False
        following = self.words[at + 1] if at + 1 < len(self.words) else None
        return at == 0 or (following is not None and following.text[0].isupper())

    def _phrase_end(self, start: int | None = None, commas: bool = False) -> int:
        """The end of a phrase: a semicolon, a bracket, a final full stop or the next bullet."""
        end = self.at if start is None else start
        while end < len(self.words):
            token = self.words[end]
            if token.text == ";" or (token.text in "()" and not commas) or self._at_bullet(end):
                break
            if token.text == "." and end == len(self.words) - 1:
                break
            end += 1
        return end

    def _slice(self, start: int, end: int) -> str:
        return self.cell[self.words[start].start:self.words[end - 1].end] if end > start else ""


def nearest(text: str, names: Sequence[str]) -> str | None:
    """The known name that is most like ``text``, ignoring diacritics; None where none is near."""
    folded = {fold(name): name for name in names}
    near = get_close_matches(fold(text), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


