"""What the sources show: pages of the demo, one of which is added and one changed in the midst of a run."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from tests.servers import HttpServer
from tests.servers import page as answer

DEMO = files("bot.data") / "demo" / "pages"
PAGES = ("kenya-global-mechanism", "japan-global-mechanism", "mexico-mecanismo-mundial", "cameroun-mecanisme-mondial")
KENYA, JAPAN, MEXICO, CAMEROON = PAGES
# No statement: it must never be posted.
IKEBANA = "japan-ikebana"
TITLES = {
    KENYA: "Capacity-building: Statement by Kenya in the Global Mechanism",
    JAPAN: "Global Mechanism on ICT security: Statement by Japan in the dedicated thematic group",
    MEXICO: "Intervención de México en el Mecanismo Mundial sobre seguridad de las tecnologías de la información y "
    "las comunicaciones",
    CAMEROON: "Déclaration du Cameroun – Mécanisme mondial sur la sécurité du numérique, groupe thématique spécialisé",
    IKEBANA: "Ikebana evening at the Residence",
}
SAID, SAYS = "hold half of the seats", "hold two thirds of the seats"
FIRST, SECOND = "/first.xml", "/second.xml"
SOURCE = """\
[[sources]]
name = "{name}"
kind = "feed"
url = "{url}"
allow_private = true
every = "20m"

"""


def page(name: str) -> str:
    """A page as it stands at first."""
    return (DEMO / f"{name}.html").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Two feeds on a server of ours and the pages they lead to."""

    web: HttpServer

    def settings(self) -> str:
        """The `[[sources]]` of a settings file."""
        return "".join(SOURCE.format(name=path.strip("/"), url=self.web.url(path)) for path in (FIRST, SECOND))

    def begin(self) -> None:
        """Show the first three statements, and what is none."""
        for name in TITLES:
            self.web.route(f"/{name}", answer(page(name)))
        self._feed(FIRST, KENYA, IKEBANA)
        self._feed(SECOND, JAPAN, MEXICO)

    def go_on(self) -> None:
        """Show one more, and one of the first three changed."""
        self.web.route(f"/{KENYA}", answer(page(KENYA).replace(SAID, SAYS)))
        self._feed(FIRST, KENYA, IKEBANA, said="Corrected. ")
        self._feed(SECOND, CAMEROON, JAPAN, MEXICO)

    def _feed(self, path: str, *names: str, said: str = "") -> None:
        items = "".join(
            f"<item><title>{TITLES[name]}</title><link>{self.web.url(f'/{name}')}</link><guid>{name}</guid>"
            f"<description>{said if name == KENYA else ''}</description>"
            "<pubDate>Thu, 19 Nov 2026 10:00:00 GMT</pubDate></item>"
            for name in names
        )
        rss = f"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>{items}</channel></rss>"
        self.web.route(path, answer(rss, media_type="application/rss+xml"))
