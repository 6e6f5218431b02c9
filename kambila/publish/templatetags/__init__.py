"""Words of the templates of a publication."""
