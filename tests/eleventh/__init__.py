"""An eleventh area of work, made as docs/add-an-area.md says, to try whether nothing else needs to be told."""
