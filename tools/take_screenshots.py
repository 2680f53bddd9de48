"""Takes the screenshots of ``docs/screenshots`` from a running service, in both languages, on a desk or on a phone.

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
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
PAGES = {
    "start": ("/", {"desk": DESK, "phone": PHONE}),
    "trace": ("/trace/treaty/iccpr/article/19", {"desk": DESK, "phone": PHONE}),
    "overview": ("/overview", {"desk": DESK}),
    "recommendation": ("/doc/un/rec/ccpr-c-vnm-co-3/24", {"desk": DESK}),
    "body-that-ended": ("/doc/vnm/body/mic", {"desk": DESK}),
    "desk": ("/inbox/mps", {"phone": PHONE}),
    "question": ("/questions/plan-coverage-summary", {"desk": DESK}),
}
"""Name of the file → path, and the views in which it is taken. Whoever makes a page that readers should see adds it here."""
MOST_BYTES = 200_000


def main(address: str, folder: Path) -> int:
    """Write ``{page}-{view}-{lang}.png`` for every page, view and language; 1 where one is too large or not there."""
    folder.mkdir(parents=True, exist_ok=True)
    wrong = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        taken = [(lang, name, path, view, size) for lang in ("vi", "en") for name, (path, views) in PAGES.items()
                 for view, size in views.items()]
        for lang, name, path, view, size in taken:
            page = browser.new_context(locale=lang, base_url=address, viewport=size).new_page()
            page.goto(path)
            picture = page.screenshot()
            (folder / f"{name}-{view}-{lang}.png").write_bytes(picture)
            if len(picture) > MOST_BYTES or page.locator(".problem").count():
                wrong.append(f"{name}-{view}-{lang}: {len(picture)} bytes")
            page.context.close()
        browser.close()
    print("\n".join(wrong) or f"{len(taken)} pictures in {folder}")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1].rstrip("/"), Path(sys.argv[2] if len(sys.argv) > 2 else "docs/screenshots")))
