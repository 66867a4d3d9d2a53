"""The page behind every digest, and messages as each platform shows them: those that were posted, and what would be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import nh3
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.reply import IN_THREAD, Payload
from bot.errors import NotFoundError
from bot.infra.web.asked import asked, number
from bot.infra.web.pages import page
from bot.infra.web.site import Site
from bot.ports import Renderer

# Bytes of messages that leave a page room for everything else within 200 kB.
LARGEST = 150_000
TAGS = set("a b bdi blockquote br code div em h3 hr i img li ol p pre span strong ul".split())
ATTRIBUTES = {"*": {"class", "dir", "lang"}, "a": {"href"}, "img": {"src", "alt"}}
PICTURE = "data:image/png;base64,"


def routes(site: Site) -> list[Route]:
    """`/digests/<id>`, its messages as a platform shows them, and `/digests/preview` of any search."""
    shown = {name: renderer for name, renderer in site.renderers.items() if renderer.style}

    def digest(request: Request) -> Response:
        wanted = number(request.query_params.get("page", "1"), "page")
        posted = site.postings.posted(request.path_params["key"], page=wanted)
        return page(request, "digest.html", posted=posted, platforms=shown)

    def messages(request: Request) -> Response:
        key, platform = request.path_params["key"], request.path_params["platform"]
        posted = site.postings.posted(key)
        renderer = _renderer(site, platform)
        frozen = platform == posted.platform
        payloads = posted.payloads if frozen else renderer.render(site.postings.retold(key))
        return page(
            request,
            "messages.html",
            posted=posted,
            frozen=frozen,
            platform=platform,
            **_part(request, renderer, payloads),
        )

    def preview(request: Request) -> Response:
        wanted = asked(request, site.library)
        reply = site.postings.sample(wanted.words, wanted.filter)
        columns = [(name, list(_shown(renderer, renderer.render(reply)))) for name, renderer in shown.items()]
        return page(request, "preview.html", asked=wanted, columns=columns)

    def style(_: Request) -> Response:
        return Response("".join(renderer.style for renderer in shown.values()), media_type="text/css")

    return [
        Route("/digests/preview", preview),
        Route("/digests/{key}", digest),
        Route("/digests/{key}/{platform}", messages),
        Route("/static/messages.css", style),
    ]


def _renderer(site: Site, platform: str) -> Renderer:
    if platform not in site.renderers:
        raise NotFoundError(f"no platform is called {platform!r}; there are {', '.join(sorted(site.renderers))}")
    return site.renderers[platform]


def _part(request: Request, renderer: Renderer, payloads: Sequence[Payload]) -> Mapping[str, Any]:
    """As many messages as fit a page, from the one that is asked for on."""
    first = number(request.query_params.get("from", "1"), "from")
    if not 1 <= first <= len(payloads):
        raise NotFoundError(f"there is no message {first}; there are {len(payloads)}")
    found, used = list[Mapping[str, Any]](), 0
    for message in _shown(renderer, payloads[first - 1 :]):
        used += len(message["html"].encode())
        if found and used > LARGEST:
            break
        found.append(message)
    return {"messages": found, "first": first, "total": len(payloads)}


def _shown(renderer: Renderer, payloads: Sequence[Payload]) -> Iterator[Mapping[str, Any]]:
    """Messages as HTML: what an adapter made of them, and only what is harmless of that."""
    for payload in payloads:
        yield {"html": clean(renderer.preview(payload)), "thread": bool(payload.get(IN_THREAD))}


def clean(html: str) -> str:
    """HTML that came from elsewhere, without anything that runs, loads or takes its place on the page."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "data"},
        link_rel="noopener noreferrer",
    )


def _attribute(tag: str, name: str, value: str) -> str | None:  # noqa: ARG001 - the library's shape
    """The attribute's value, None for one that is left out: an address of data is a picture's, and no link's."""
    if name == "src" and not value.startswith(PICTURE):
        return None
    if name == "href" and not value.lower().startswith(("http://", "https://")):
        return None
    return value
