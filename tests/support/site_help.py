"""A site of files of the small graph, and real web servers over it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pyoxigraph as ox
import pytest
from servers import free_port, running

from pactgraph.build.void import void_quads
from pactgraph.cli.kinds import SITE
from pactgraph.ids import Ids
from pactgraph.namespaces import BASE
from pactgraph.publish.kinds import Context, export, register
from pactgraph.settings import Settings
from pactgraph.store.embedded import EmbeddedStore

GRAPH = Path(__file__).resolve().parents[1] / "web" / "graph.trig"
DAY = "2026-11-22"
_LINK = re.compile(r'(?:href|src|action)="([^"]*)"')
_NGINX = """
{user} daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d;
  scgi_temp_path {folder}/e;
  include {site}/servers/nginx-maps.conf;
  server {{ listen 127.0.0.1:{port}; root {site}; include {site}/servers/nginx-site.conf; }}
}}
"""
_APACHE = """
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/httpd.pid
ErrorLog {folder}/error.log
DefaultRuntimeDir {folder}
{modules}
DocumentRoot {site}
TypesConfig /dev/null
<Directory {site}>
  AllowOverride All
  Require all granted
</Directory>
"""
_MODULES = ("mpm_event", "authz_core", "dir", "mime", "rewrite", "headers")


def small_store() -> EmbeddedStore:
    """The small graph of the web tests in a store of its own, with statistics of the treaty in ``graph/void``."""
    store = EmbeddedStore.in_memory()
    quads = list(ox.parse(path=str(GRAPH), format=ox.RdfFormat.TRIG))
    store.load(quads)
    treaty = ox.NamedNode(BASE + "graph/treaty/iccpr")
    store.load(void_quads((quad for quad in quads if quad.graph_name == treaty), Ids(BASE), {}))
    return store


def small_site(target: Path, **options: tuple[str, ...]) -> Path:
    """A site of the small graph at ``target``."""
    register(SITE)
    context = Context(small_store(), Settings(lang="en"), "en", DAY, {"fingerprint": "abc", "journal": 0}, options)
    export(SITE, context, target)
    return target


def dead_links(site: Path) -> list[str]:
    """Links of the pages of a site, within it, that lead to no file."""
    dead = []
    for page in sorted(site.rglob("*.html")):
        here = "/" + page.relative_to(site).as_posix()
        for link in set(_LINK.findall(page.read_text("utf-8"))):
            there = urlsplit(urljoin("http://site" + here, unescape(link)))
            if there.netloc == "site" and not (site / unquote(there.path)[1:]).is_file():
                dead.append(f"{here} → {link}")
    return dead


@contextmanager
def nginx(site: Path, folder: Path) -> Iterator[str]:
    """The address of an nginx over a site; skips where nginx is not installed."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(program).exists():
        pytest.skip("nginx is not installed (Debian: nginx-light)")
    user = "user root;" if os.getuid() == 0 else ""  # as root it would go over to somebody who may not read the tests' folders

    def command() -> tuple[list[str], str]:
        port = free_port()
        (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, site=site, port=port, user=user), "utf-8")
        arguments = [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
        return arguments, f"http://127.0.0.1:{port}/"

    with running(command, folder) as (address, _):
        yield address.rstrip("/")


@contextmanager
def apache(site: Path, folder: Path) -> Iterator[str]:
    """The address of an Apache over a site; skips where it is not installed."""
    program, modules = shutil.which("apache2") or "/usr/sbin/apache2", Path("/usr/lib/apache2/modules")
    if not Path(program).exists() or not modules.is_dir():
        pytest.skip("Apache is not installed (Debian: apache2-bin)")
    lines = "\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in _MODULES)

    def command() -> tuple[list[str], str]:
        port = free_port()
        (folder / "httpd.conf").write_text(_APACHE.format(folder=folder, site=site, port=port, modules=lines), "utf-8")
        return [program, "-DFOREGROUND", "-f", str(folder / "httpd.conf")], f"http://127.0.0.1:{port}/"

    with running(command, folder) as (address, _):
        yield address.rstrip("/")
