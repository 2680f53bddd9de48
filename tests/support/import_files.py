"""A made-up file for each format that is imported, and the smallest data folder in which all of them find what they need."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import made_up_documents as made_up
from uhri_files import paragraph, write_workbook

ROOT = Path(__file__).resolve().parents[2]
UPR_INFO = ["SuR", "Rgrp", "Org", "Recommendation", "RS", "Rgrp", "Org", "Response", "Action", "Issue", "Session"]
LIST_HEAD = "UPR of Viet Nam (4th Cycle - 46th session)  Thematic list of recommendations"
LIST_COLUMNS = ("Recommendation", "Position", "Full list of themes", "Assessment/comments on level of implementation")
OBSERVATIONS = made_up.OBSERVATIONS.replace("Examplia", "Viet Nam").replace("CCPR/C/XKA/CO/2", "CCPR/C/VNM/CO/9")
DECISION = """THỦ TƯỚNG CHÍNH PHỦ
Số: 9977/QĐ-TTg
Hà Nội, ngày 1 tháng 2 năm 2020
QUYẾT ĐỊNH
Phê duyệt Kế hoạch làm thử
STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tKết quả dự kiến\tThời hạn hoàn thành
1.\tRà soát quy định về lớp học làm thử\tBộ Tư pháp\tBộ Công an\tBáo cáo rà soát\tNăm 2021
2.\tTổ chức lớp học làm thử\tBộ Công an\tBộ Tư pháp\tLớp học\tNăm 2022
"""
STATEMENTS = """@prefix pg: <https://w3id.org/pactgraph/ontology/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://example.org/plan> a pg:ImplementationPlan ;
    rdfs:label "Made-up plan"@en , "Kế hoạch làm thử"@vi ;
    pg:adoptedOn "2026-01-15"^^xsd:date ;
    pg:concernsState <https://w3id.org/pactgraph/id/state/vnm> ;
    pg:documentNumber "0/QĐ-EXAMPLE" ;
    pg:issuedBy <https://w3id.org/pactgraph/id/vnm/body/moj> .
"""


def small_data(folder: Path) -> Path:
    """A data folder with the registries of the United Nations and of Viet Nam and no document."""
    shipped, un, country = ROOT / "data", folder / "un", folder / "vnm"
    un.mkdir(parents=True)
    for name in ("bodies", "countries", "states"):
        shutil.copy(shipped / "un" / f"{name}.csv", un)
    shutil.copytree(shipped / "vnm" / "reading", country / "reading")
    for name in ("country.toml", "bodies.csv", "groups.csv", "units.csv", "transfers.csv", "laws.csv"):
        shutil.copy(shipped / "vnm" / name, country)
    return folder


def upr_info_row(text: str, **changes: str) -> list[str]:
    """A row of the UPR Info database on Viet Nam."""
    row = {"SuR": "Viet Nam", "Rgrp": "Asia", "Org": "ASEAN", "Recommendation": text, "RS": "Norway", "Response": "Accepted",
           "Action": "5", "Issue": "Justice", "Session": "18"} | changes
    return [row[name] for name in UPR_INFO]


def upr_info_csv(*rows: list[str]) -> bytes:
    """An export of the UPR Info database."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([UPR_INFO, *rows])
    return out.getvalue().encode()


def listed(*texts: str) -> bytes:
    """A thematic list with these recommendations, numbered from 38.1."""
    rows = [(f"38.{place} {text} (France);\nSource of Position: A/HRC/99/8/Add.1 - Para.3", "Supported", "- Death penalty", "")
            for place, text in enumerate(texts, 1)]
    return made_up.thematic_docx(LIST_HEAD, LIST_COLUMNS, [("Theme: Death penalty",), *rows])


def import_files(folder: Path) -> dict[str, Path]:
    """A file of each format: format → file."""
    files = {"uhri": "export.xlsx", "upr-info": "database.csv", "thematic-list": "list.docx",
             "concluding-observations": "observations.txt", "annex": "decision.txt", "rdf": "statements.ttl"}
    found = {form: folder / name for form, name in files.items()}
    write_workbook(found["uhri"], [paragraph("24.Stop the made-up thing.")])
    found["upr-info"].write_bytes(upr_info_csv(upr_info_row("Publish the made-up register.")))
    found["thematic-list"].write_bytes(listed("Think about the made-up list"))
    found["concluding-observations"].write_text(OBSERVATIONS, "utf-8")
    found["annex"].write_text(DECISION, "utf-8")
    found["rdf"].write_text(STATEMENTS, "utf-8")
    return found
