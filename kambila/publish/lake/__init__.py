"""Exports the registry to a lake of GeoParquet files: what an account may see, and nothing else (see `figures.lake`)."""
