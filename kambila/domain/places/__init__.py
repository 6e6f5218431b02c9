"""Where things are: administrative areas and villages by P-code, and which of them can be reached."""
