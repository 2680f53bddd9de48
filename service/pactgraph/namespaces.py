"""The IRIs of pactgraph: one place that knows how a thing is named.

Ontology, shapes and vocabularies keep their address wherever the service runs; ``id/`` and ``graph/`` stand below
the base, which is a setting (:attr:`pactgraph.settings.Settings.base`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

BASE = "https://w3id.org/pactgraph/"
PG = BASE + "ontology/"
VOCAB = BASE + "vocab/"
SHAPES = BASE + "shapes/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"

PREFIXES = {
    "pg": PG,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "owl": "http://www.w3.org/2002/07/owl#",
    "sh": "http://www.w3.org/ns/shacl#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "schema": "https://schema.org/",
    "void-ext": "http://ldf.fi/void-ext#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
}

_NOT_KEY = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=8_192)
def fold(text: str) -> str:
    """``text`` without diacritics, đ as d, in lower case: how names are compared and searched (the same few, over and over)."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def slug(text: str) -> str:
    """An ASCII key for an IRI: ``1252/QĐ-TTg`` → ``1252-qd-ttg``, ``CCPR/C/VNM/CO/3`` → ``ccpr-c-vnm-co-3``."""
    return _NOT_KEY.sub("-", fold(text)).strip("-")


def row_key(row: str) -> str:
    """The key of an annex row in an IRI: a letter that ASCII lacks is its base letter twice (đ is dd, so that d and đ
    stay two rows), one without such a base its number (u0431)."""
    return "".join(letter if letter.isascii() else _letter_key(letter) for letter in row)


def _letter_key(letter: str) -> str:
    base = fold(letter)
    if not (base.isascii() and base.isalpha()):
        return f"u{ord(letter):04x}"
    return (base.upper() if letter.isupper() else base) * 2


def concept(scheme: str, code: str) -> str:
    """The IRI of a concept: ``concept("role", "lead")``."""
    return f"{VOCAB}{scheme}/{code}"
