"""Who took over which function, on what legal basis: against transfers written here."""

from __future__ import annotations

TRANSFERS = """INSERT DATA { GRAPH <graph/xyz/transfers> {
  <vocab/function/press> <http://www.w3.org/2000/01/rdf-schema#label> "Báo chí"@vi , "Press"@en .
  <vocab/transfer-kind/merged> <http://www.w3.org/2000/01/rdf-schema#label> "Hợp nhất"@vi , "Merged"@en .
  <id/xyz/transfer/1> a pg:FunctionTransfer ; pg:transferFrom <id/xyz/body/mli> ; pg:transferTo <id/xyz/body/mci> ;
    pg:transferKind <vocab/transfer-kind/function-transferred> ; pg:transfersFunction <vocab/function/press> ;
    pg:effectiveOn "2025-03-01"^^xsd:date ; pg:legalBasis "Nghị định 1" ; pg:verification <vocab/verification/verified> ;
    <http://purl.org/dc/terms/source> "a gazette" , "a paper" .
  <id/xyz/transfer/2> a pg:FunctionTransfer ; pg:transferFrom <id/xyz/body/mli> ; pg:transferTo <id/xyz/body/mos> ;
    pg:transferKind <vocab/transfer-kind/merged> ; pg:effectiveOn "2025-03-01"^^xsd:date ;
    pg:verification <vocab/verification/unverified> ; <http://purl.org/dc/terms/source> "a paper" .
  <id/xyz/transfer/3> a pg:FunctionTransfer ; pg:transferFrom <id/xyz/unit/desk> ; pg:transferTo <id/xyz/unit/office> ;
    pg:transferKind <vocab/transfer-kind/merged> ; pg:effectiveOn "2026-03-01"^^xsd:date ; pg:legalBasis "Nghị định 2" ;
    pg:verification <vocab/verification/verified> ; <http://purl.org/dc/terms/source> "a decree" .
  <id/xyz/unit/desk> <http://www.w3.org/2000/01/rdf-schema#label> "Ban Một"@vi , "Desk"@en .
  <id/xyz/unit/office> <http://www.w3.org/2000/01/rdf-schema#label> "Ban Hai"@vi .
} }"""
MLI = "Bộ Lao động và Thông tin"


def test_successors(changed) -> None:
    ask = changed(TRANSFERS)
    answer = ask("successors")
    assert answer.columns == ["body", "function", "successor", "from", "kind", "legal_basis", "source", "status"]
    assert [[row[0], *row[2:4]] for row in answer.rows] == [
        ["Ban Một", "Ban Hai", "2026-03-01"], [MLI, "Bộ Đại chúng", "2025-03-01"],
        [MLI, "Ministry of Science", "2025-03-01"],
    ]
    whole = "toàn bộ, trừ phần các hàng khác nêu"
    assert [row[1] for row in answer.rows] == [whole, "Báo chí", whole]
    assert [row[5] for row in answer.rows] == ["Nghị định 2", "Nghị định 1", "chưa ghi nhận trong đồ thị này"]
    assert answer.rows[1][6:] == ["a gazette; a paper", "Đã kiểm chứng"]
    assert answer.rows[2][4] == "Hợp nhất"


def test_successors_of_one_body_one_function_and_one_day(changed) -> None:
    ask = changed(TRANSFERS)
    assert len(ask("successors", body="mli").rows) == 2
    assert [row[5] for row in ask("successors", function="press", lang="en").rows] == ["Nghị định 1"]
    assert ask("successors", function="press", body="mos").rows == []
    assert ask("successors", as_of="2025-02-28").rows == []
    assert len(ask("successors", as_of="2025-03-01").rows) == 2
    assert ask("successors", body="mli", lang="en").rows[1][5] == "not recorded in this graph"


def test_successors_with_ids(changed) -> None:
    rows = changed(TRANSFERS)("successors", body="mli", ids=True).rows
    assert [row[1].rsplit("/", 1)[-1] for row in rows] == ["press", ""]
    assert [row[2].rsplit("/", 1)[-1] for row in rows] == ["mci", "mos"]
