"""Prints the app's manifest: `python -m adapters.slack [https://attache.example]`, with an address for HTTP mode."""

import json
import sys

from adapters.slack.manifest import manifest

if __name__ == "__main__":
    json.dump(manifest(*(address.rstrip("/") for address in sys.argv[1:2])), sys.stdout, indent=2, ensure_ascii=False)
    print()
