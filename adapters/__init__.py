"""Chat platforms. Each folder exports `renderer` and, where it can post, `create(settings) -> ChatAdapter`."""
