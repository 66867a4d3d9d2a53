"""A page, PDF or feed entry → a Statement. Pure: text in, values out."""
