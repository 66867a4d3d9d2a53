"""The pages for people: every link leads somewhere, every command and snippet is run."""
