"""LibreOffice opens one report of each kind without complaint; its pages show what they should (poppler reads them)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed (tests/install-system-parts.sh)"),
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed (tests/install-system-parts.sh)"),
]
PAPER_KINDS = ("article", "follow-up", "upr-midterm", "yearly", "synthesis", "gaps")
UNOFFICIAL = "Không chính thức. Không được Liên hợp quốc hay bất kỳ quốc gia nào xác nhận hoặc bảo trợ."
EXPECTED = {
    "article": ("Hồ sơ Điều 9: Tự do và an ninh cá nhân", "A/HRC/26/6/143.121", "Chưa nạp báo cáo nào"),
    "follow-up": ("Theo dõi thực hiện CCPR/C/VNM/CO/3", "Đoạn 52"),
    "upr-midterm": ("Bảng theo dõi giữa kỳ", "143.227"),
    "yearly": ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Kính gửi: Bộ Công an", "Nơi nhận:"),
    "synthesis": ("Báo cáo tổng hợp", "1252/QĐ-TTg"),
    "gaps": ("Phân tích khoảng trống", "Theo loại", "Theo điều"),
}
PAGES = {"article": (4, 20), "follow-up": (2, 8), "upr-midterm": (8, 40), "yearly": (4, 20), "synthesis": (8, 40),
         "gaps": (20, 120)}


@pytest.fixture(scope="module")
def pages(desk, tmp_path_factory) -> Path:
    """The folder with the PDF of each kind, from DOCX and from XLSX, made in one run of LibreOffice."""
    folder = tmp_path_factory.mktemp("office")
    for form, kinds in (("docx", PAPER_KINDS), ("xlsx", ("article", "yearly"))):
        for kind in kinds:
            (folder / f"{form}-{kind}.{form}").write_bytes(desk.file(form, kind, "vi"))
    command = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", "pdf",
               "--outdir", str(folder), *map(str, sorted(folder.glob("*.*x")))]
    subprocess.run(command, check=True, capture_output=True, timeout=400)
    return folder


def text_of(file: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True)
    return " ".join(done.stdout.split())


def page_count(file: Path) -> int:
    done = subprocess.run(["pdfinfo", str(file)], check=True, capture_output=True, text=True)
    return int(next(line.split()[1] for line in done.stdout.splitlines() if line.startswith("Pages:")))


@pytest.mark.parametrize("kind", PAPER_KINDS)
def test_the_pages_of_a_document(pages, kind):
    file = pages / f"docx-{kind}.pdf"
    text = text_of(file)
    assert UNOFFICIAL in text
    for words in EXPECTED[kind]:
        assert words in text
    low, high = PAGES[kind]
    assert low <= page_count(file) <= high


@pytest.mark.parametrize("kind", ["article", "yearly"])
def test_the_pages_of_a_workbook(pages, kind):
    text = text_of(pages / f"xlsx-{kind}.pdf")
    assert "Không chính thức" in text
    assert "1252/QĐ-TTg" in text


def test_no_page_is_empty(pages):
    """A page that holds head and foot alone would tell of a layout that broke; the last one may be short."""
    for file in sorted(pages.glob("docx-*.pdf")):
        for number in range(1, page_count(file)):
            done = subprocess.run(["pdftotext", "-f", str(number), "-l", str(number), str(file), "-"], check=True,
                                  capture_output=True, text=True)
            assert len(done.stdout.split()) > 35, f"{file.name}, page {number}"


def test_a_chart_is_on_its_page(pages, tmp_path):
    command = ["pdftoppm", "-r", "40", "-f", "1", "-l", "1", str(pages / "docx-gaps.pdf"), str(tmp_path / "p")]
    subprocess.run(command, check=True)
    (picture,) = tmp_path.glob("p*.ppm")
    data = picture.read_bytes()
    head = data.split(b"\n", 3)
    points = head[3]
    blue = sum(1 for at in range(0, len(points) - 2, 3) if points[at] < 60 and points[at + 2] > 120)
    assert blue > 200
