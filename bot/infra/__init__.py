"""The outside world, chat excepted: one library a file or folder."""
