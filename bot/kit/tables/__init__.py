"""The one reader of tables: bytes become text, rows, headings, columns and cells, by one layout."""
