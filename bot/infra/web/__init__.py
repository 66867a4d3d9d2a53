"""The web face: a small server-rendered site, read-only for visitors. Starlette, Jinja, uvicorn."""
