"""Vector tiles of the records that a reader may see, as OGC API – Tiles and TileJSON, and how a map draws them."""
