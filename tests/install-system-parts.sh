#!/usr/bin/env bash
# Installs what the tests use from the system: Chromium and fonts (page tests), Virtuoso (remote store tests),
# LibreOffice and poppler (tests that open reports and look at their pages), nginx and Apache (tests of the site of files).
# It installs on Debian and its relatives as root, and elsewhere says what is missing and which tests that skips.
# Exit 0, except in CI (CI=true), where a part that is missing in the end is an error: no test is skipped unseen.
# Only Virtuoso's programs are installed, not its service: the tests start their own server on a free port.
# Written for any bash and for the tools of other systems too (macOS has bash 3.2).
set -euo pipefail

parts="chromium fonts-noto-core virtuoso-opensource-7-bin libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils nginx-light apache2-bin"

used_by() { # PACKAGE
  case $1 in
    chromium | fonts-noto-core) echo "page tests (marker: browser)" ;;
    virtuoso-opensource-7-bin) echo "remote store tests (marker: virtuoso)" ;;
    nginx-light | apache2-bin) echo "the site of files on real servers (tests/publish/test_site.py)" ;;
    libreoffice-writer-nogui | libreoffice-calc-nogui | poppler-utils) echo "opening reports (tests/reports)" ;;
  esac
}

installed() { # PACKAGE: by the package manager, else by what it brings
  if [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; then return 0; fi
  case $1 in
    chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ;;
    fonts-noto-core) fc-list :lang=vi family | grep . ;;
    virtuoso-opensource-7-bin) command -v virtuoso-t ;;
    libreoffice-writer-nogui | libreoffice-calc-nogui) command -v soffice ;;
    nginx-light) command -v nginx || ls /usr/sbin/nginx ;;
    apache2-bin) command -v apache2 || ls /usr/sbin/apache2 ;;
    poppler-utils) command -v pdftotext && command -v pdftoppm ;;
  esac >/dev/null 2>&1
}

missing() {
  local part
  for part in $parts; do
    installed "$part" || printf '%s ' "$part"
  done
}

wanted=$(missing)
[ -n "$wanted" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "Not a Debian system; install by hand what you can: $wanted" >&2
elif [ "$(id -u)" -ne 0 ]; then
  echo "Not root, so nothing is installed. As root: apt-get install $wanted" >&2
else
  echo "Installing for the tests: $wanted..."
  log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  # $wanted is a list of words.
  # shellcheck disable=SC2086
  if ! { apt-get update && apt-get install --yes --no-install-recommends $wanted; } >"$log" 2>&1 </dev/null; then
    echo "apt-get failed:" >&2
    tail -n 5 "$log" >&2
  fi
  rm -f "$log"
  wanted=$(missing)
fi

for part in $wanted; do
  echo "Skipped for want of $part: $(used_by "$part")" >&2
done
[ -z "$wanted" ] || [ "${CI:-}" != true ]
