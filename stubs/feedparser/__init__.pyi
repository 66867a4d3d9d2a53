from typing import IO, Any

class FeedParserDict(dict[str, Any]): ...

def parse(
    url_file_stream_or_string: IO[bytes],
    *,
    response_headers: dict[str, str] | None = None,
    resolve_relative_uris: bool | None = None,
    sanitize_html: bool | None = None,
) -> FeedParserDict: ...
