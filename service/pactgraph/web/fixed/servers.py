"""What web servers and w3id.org are told, so that the IRIs of the graph lead to the files of a site."""

from __future__ import annotations

from importlib.resources import files
from string import Template
from urllib.parse import urlsplit

from pactgraph.settings import Settings
from pactgraph.texts import LANGUAGES
from pactgraph.web.fixed.plan import LISTS

MEDIA_TYPES = {
    "html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "txt": "text/plain",
    "md": "text/markdown",
    "ttl": "text/turtle", "jsonld": "application/ld+json", "nq": "application/n-quads", "trig": "application/trig",
    "rdf": "application/rdf+xml", "xml": "application/xml", "json": "application/json", "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "sqlite": "application/vnd.sqlite3",
    "gz": "application/gzip", "zst": "application/zstd", "zip": "application/zip",
}
"""The media types of the files of a site, by their endings; the last ending of a name counts."""
ROOMS = "ontology|vocab|shapes|graph|\\.well-known/genid"
"""Rooms of IRIs beside ``id/``, as a regular expression."""
_NGINX_SERVICE = "location ~ ^%s(?<pactgraph_release>releases?/.*)$ { return 303 %s/$pactgraph_release; }"
_APACHE_SERVICE = "RewriteRule ^(releases?/.*)$ %s/$1 [R=303,L]"
_NO_SERVICE = "# (There was no --service when this was made.)"


def files_for(settings: Settings, address: str, service: str) -> dict[str, str]:
    """The files by their names: nginx, Apache, and (where the site's ``address`` is known) w3id.org."""
    there = urlsplit(address)
    other = next(lang for lang in LANGUAGES if lang != settings.lang)
    values = {
        "root": there.path or "/", "lang": settings.lang, "other": other, "rooms": ROOMS,
        "pages": "|".join(("overview", "trace", *LISTS)),
        "site": address, "policy": policy(service), "endings": "|".join(MEDIA_TYPES), "start": settings.base,
        "nginx_types": "\n".join(f"    {media} {ending};" for ending, media in MEDIA_TYPES.items()),
        "nginx_service": _NGINX_SERVICE % (there.path or "/", service) if service else _NO_SERVICE,
        "apache_service": _APACHE_SERVICE % service if service else _NO_SERVICE,
        "apache_types": "\n".join(f"AddType {media} .{ending}" for ending, media in MEDIA_TYPES.items()),
    }
    made = {name: _filled(name, values) for name in ("nginx-maps.conf", "nginx-site.conf", "htaccess")}
    out = {f"servers/{name}": text for name, text in made.items() if name != "htaccess"} | {".htaccess": made["htaccess"]}
    if address:
        out["servers/w3id.htaccess"] = _filled("w3id.htaccess", values)
    return out


def policy(service: str) -> str:
    """What pages of a site may load (Content-Security-Policy): their own files; forms lead to the service, if there is one."""
    there = urlsplit(service)
    forms = f"{there.scheme}://{there.netloc}" if service else "'none'"
    return "; ".join(("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "base-uri 'none'",
                      f"form-action {forms}", "frame-ancestors 'none'"))


def _filled(name: str, values: dict[str, str]) -> str:
    return _Percent(files("pactgraph.web.fixed").joinpath("config", name).read_text("utf-8")).substitute(values)


class _Percent(Template):
    """Holes are written ``@{name}``: servers use the other signs themselves."""

    delimiter = "@"
