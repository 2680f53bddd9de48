"""Workbooks on the pages of work, over HTTP with two web workers: dry run, confirmation, journal, undo, and whose they are."""

from __future__ import annotations

import io
import json
import re
import stat

import httpx
from openpyxl import load_workbook
from served import Served
from work_help import HOSTILE, Person, filled, person, seen, task_of

MOJ = "vnm-moj"


def number_of(answer: httpx.Response) -> int:
    """The number of the journal entry to which an answer leads."""
    assert answer.status_code == 303, seen(answer)
    found = re.search(r"/workspace/journal/(\d+)", answer.headers["location"])
    assert found, answer.headers["location"]
    return int(found[1])


def confirm(who: Person, page: str) -> httpx.Response:
    text = who.get(page).text
    mark = re.search(r'name="mark" value="([^"]+)"', text)
    return who.post(f"{page}/confirm", page, {"mark": mark[1] if mark else "none"})


def test_a_wrong_workbook_is_told_cell_by_cell_and_given_back(official: Person) -> None:
    data = official.workbook(**{"in": "vi"})
    wrong = filled(data, (2, {"status": "Gần xong", "day": "31/12/2099"}), (3, {"done": HOSTILE}))
    page = official.upload(wrong, "báo cáo.xlsx").headers["location"]
    answer = official.get(page)
    words = seen(answer)
    assert "M2 'Gần xong' không phải là tình trạng hợp lệ" in words and "O2 31/12/2099 sau ngày hôm nay" in words
    assert task_of(data, 2) in words and "báo cáo.xlsx" in words
    assert "<script>alert" not in answer.text and "<img src=x" not in answer.text
    assert 'name="mark"' not in answer.text  # nothing to confirm
    assert official.post(f"{page}/confirm", page, {"mark": "0" * 32}).status_code in (400, 409)
    given = official.get(f"{page}/checked.xlsx")
    assert given.headers["content-disposition"].endswith("-checked.xlsx") and "no-store" in given.headers["cache-control"]
    sheet = load_workbook(io.BytesIO(given.content)).worksheets[1]
    assert "Gần xong" in sheet["M2"].comment.text and sheet["N3"].value == HOSTILE
    assert official.post(f"{page}/remove", page).status_code == 303
    assert official.get(page).status_code == 404


def test_a_right_workbook_is_written_once_shown_and_taken_back(desk: Served, official: Person) -> None:
    answers = {"status": "Đang thực hiện", "day": "20/11/2026", "done": HOSTILE, "evidence": "a.pdf"}
    data = filled(official.workbook(), (2, answers))
    missing = official.get(official.upload(data).headers["location"])
    assert "Không tìm thấy tệp a.pdf trong các tệp gửi kèm bảng tính" in seen(missing)
    page = official.upload(data, evidence={"a.pdf": b"made up"}).headers["location"]
    assert "Có thể ghi" in seen(official.get(page))
    mark = re.search(r'name="mark" value="([^"]+)"', official.get(page).text)
    assert mark
    first = official.post(f"{page}/confirm", page, {"mark": mark[1]})
    number = number_of(first)
    again = official.post(f"{page}/confirm", "/workspace", {"mark": mark[1]})
    assert number_of(again) == number  # the same form twice
    assert not list((desk.store / "work" / "uploads").glob(f"{page.rsplit('/', 1)[1]}/file/*"))
    entry = official.get(f"/workspace/journal/{number}")
    assert "contributor-vnm-mps" in seen(entry) and "mps.xlsx" in seen(entry) and "<script>alert" not in entry.text
    assert HOSTILE in seen(entry)
    same = official.upload(data, evidence={"a.pdf": b"made up"}).headers["location"]
    assert "Nội dung đã có đủ" in seen(official.get(same))
    assert confirm(official, same).headers["location"].endswith("done=unchanged")
    assert "lý do" in seen(official.post(f"/workspace/journal/{number}/undo", f"/workspace/journal/{number}"))
    undone = official.post(f"/workspace/journal/{number}/undo", f"/workspace/journal/{number}", {"reason": HOSTILE})
    shown = official.get(f"/workspace/journal/{number_of(undone)}")
    assert HOSTILE in seen(shown) and "<script>alert" not in shown.text
    assert "<script>alert" not in official.get("/workspace/journal").text
    twice = official.post(f"/workspace/journal/{number}/undo", "/workspace", {"reason": "again"})
    assert twice.status_code == 409


def test_two_peoples_versions_are_shown_and_not_overwritten(desk: Served, official: Person) -> None:
    data = official.workbook()
    mine = filled(data, (4, {"status": "Đang thực hiện", "day": "19/11/2026"}))
    page = official.upload(mine).headers["location"]
    theirs = person(desk, "curator")
    other = theirs.upload(filled(data, (4, {"status": "Đã hoàn thành", "day": "19/11/2026"}))).headers["location"]
    number_of(confirm(theirs, other))
    moved = official.get(page)
    assert "xung đột" in seen(moved) and "Đã hoàn thành" in seen(moved) and 'name="mark"' not in moved.text
    # A form that was made before the other one wrote
    refused = official.post(f"{page}/confirm", page, {"mark": "f" * 32})
    assert refused.status_code == 409 and "Chưa ghi gì" in seen(refused)


def test_uploads_belong_to_the_person_who_made_them(desk: Served, official: Person, lawyer: Person) -> None:
    data = filled(official.workbook(), (5, {"status": "Đang thực hiện", "day": "19/11/2026"}))
    page = official.upload(data).headers["location"]
    for who in (lawyer, person(desk, "contributor", MOJ), person(desk, "administrator")):
        assert [who.get(page).status_code, who.get(f"{page}/checked.xlsx").status_code] == [404, 404]
        assert who.post(f"{page}/confirm", "/workspace", {"mark": "x"}).status_code == 404
        assert who.post(f"{page}/remove", "/workspace").status_code == 404
    for _ in range(6):
        official.upload(official.workbook())
    assert official.get(page).status_code == 404  # five wait at most, the oldest goes
    folder = desk.store / "work" / "uploads"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    newest = official.upload(official.workbook()).headers["location"]
    about = folder / newest.rsplit("/", 1)[1] / "upload.json"
    about.write_text(json.dumps(json.loads(about.read_text()) | {"at": 0}))
    assert "older than" in seen(person(desk).get(newest)) or official.get(newest).status_code == 404


def test_a_contributor_of_another_body_reports_and_learns_nothing(desk: Served, official: Person) -> None:
    draft = official.workbook(stage="draft")
    data = filled(draft, (6, {"status": "Đang thực hiện", "day": "18/11/2026", "note": "xq7draft"}))
    page = official.upload(data).headers["location"]
    number = number_of(confirm(official, page))
    assert "xq7draft" in seen(official.get(f"/workspace/journal/{number}"))
    other = person(desk, "contributor", MOJ)
    assert other.get(f"/workspace/journal/{number}").status_code == 404
    assert f"/workspace/journal/{number}\"" not in other.get("/workspace/journal").text
    # A workbook of the ministry in the hands of another: refused, and its draft is not told by a comparison
    stolen = other.upload(filled(draft, (6, {"status": "Đã hoàn thành", "day": "18/11/2026"})))
    words = seen(other.get(stolen.headers["location"]))
    assert "xq7draft" not in words and "1 refused" in words
    assert "xq7draft" not in str(other.workbook(body="mps", stage="draft"))  # its own body, whatever it asks for
    assert other.post(f"/workspace/journal/{number}/undo", "/workspace", {"reason": "x"}).status_code == 404


def test_what_is_no_workbook_is_refused_and_not_kept(desk: Served, official: Person) -> None:
    folder = desk.store / "work" / "uploads"
    before = set(folder.iterdir())
    for data, name, status, words in (
            (b"PK\x03\x04 not really", "a.xlsx", 400, "a.xlsx"), (b"id,name\n1,2", "a.csv", 415, "a.csv"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.xlsx", 400, "old.xlsx"), (b"0" * 20_000_001, "big.xlsx", 413, "20")):
        answer = official.upload(data, name)
        assert (answer.status_code, words in seen(answer)) == (status, True), seen(answer)
    assert official.post("/workspace/workbooks", "/workspace/workbooks").status_code == 400
    assert set(folder.iterdir()) <= before
    twice = [("file", ("a.xlsx", official.workbook())), ("evidence", ("a.pdf", b"1")), ("evidence", ("a.pdf", b"2"))]
    assert "hai lần" in seen(official.post("/workspace/workbooks", "/workspace/workbooks", files=twice))
    reader = person(desk, "reader")
    assert reader.post("/workspace/workbooks", "/workspace", files=[("file", ("a.xlsx", b"x"))]).status_code == 403
    traversing = official.upload(official.workbook(), "../../../etc/passwd.xlsx").headers["location"]
    kept = folder / traversing.rsplit("/", 1)[1] / "file"
    assert [file.name for file in kept.iterdir()] == ["passwd.xlsx"]
