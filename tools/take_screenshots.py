"""Takes the screenshots of ``docs/screenshots`` from a running service, in both languages, on a desk and on a phone.

Usage: ``python tools/take_screenshots.py http://127.0.0.1:8000 [folder]``; Chromium and Playwright are needed. Each picture
must stay under 200 KB.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PAGES = {
    "start": "/",
    "article": "/doc/treaty/iccpr/article/19",
    "recommendation": "/doc/un/rec/ccpr-c-vnm-co-3/24",
    "task": "/doc/vnm/task/1252-qd-ttg-2019/A.II.1.5",
    "body-that-ended": "/doc/vnm/body/mic",
    "plan": "/doc/vnm/plan/1252-qd-ttg-2019",
    "gaps": "/gaps",
    "desk": "/inbox/mps",
}
"""Name of the file → path. Whoever makes a page that readers should see adds it here."""
VIEWS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
MOST_BYTES = 200_000


def main(address: str, folder: Path) -> int:
    """Write ``{page}-{view}-{lang}.png`` for every page, view and language; 1 where one is too large or not there."""
    folder.mkdir(parents=True, exist_ok=True)
    wrong = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for lang in ("vi", "en"):
            for view, size in VIEWS.items():
                context = browser.new_context(locale=lang, base_url=address, viewport=size)
                page = context.new_page()
                for name, path in PAGES.items():
                    page.goto(path)
                    picture = page.screenshot()
                    (folder / f"{name}-{view}-{lang}.png").write_bytes(picture)
                    if len(picture) > MOST_BYTES or page.locator(".problem").count():
                        wrong.append(f"{name}-{view}-{lang}: {len(picture)} bytes")
                context.close()
        browser.close()
    print("\n".join(wrong) or f"{len(PAGES) * len(VIEWS) * 2} pictures in {folder}")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1].rstrip("/"), Path(sys.argv[2] if len(sys.argv) > 2 else "docs/screenshots")))
