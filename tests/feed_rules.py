"""What a feed must be: Atom 1.0 as RFC 4287 has it, JSON Feed as its version 1.1 has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
from lxml import etree

HERE = Path(__file__).parent / "infra"
ATOM = "{http://www.w3.org/2005/Atom}"
GRAMMAR = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
SCHEMA = jsonschema.Draft202012Validator(json.loads((HERE / "json_feed.schema.json").read_text(encoding="utf-8")))


def valid_atom(body: bytes) -> etree._Element:
    """The feed, once it has passed the grammar and what the RFC says beside it."""
    root = etree.fromstring(body)
    GRAMMAR.assertValid(root)
    entries = root.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids), "4.2.6: an id is one entry's"
    assert len(root.findall(f"{ATOM}link[@rel='self']")) == 1, "4.1.1: should have a self link"
    for entry in [root, *entries]:
        kinds = [
            (link.get("type"), link.get("hreflang"))
            for link in entry.findall(f"{ATOM}link")
            if link.get("rel", "alternate") == "alternate"
        ]
        assert len(set(kinds)) == len(kinds) == 1, "4.1.1, 4.1.2: one alternate link of a type"
        assert entry.find(f"{ATOM}author") is not None, "4.1.1: an author, here or in the feed"
    for moment in root.iter(f"{ATOM}updated", f"{ATOM}published"):
        assert (moment.text or "").endswith("Z"), "3.3: an offset, and a capital T and Z"
    return root


def valid_json_feed(body: bytes) -> Any:
    """The feed, once it has passed the schema and what its page says beside it."""
    feed = json.loads(body.decode("utf-8"))
    SCHEMA.validate(feed)
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids), "an id is one item's"
    return feed
