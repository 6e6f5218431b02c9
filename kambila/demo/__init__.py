"""The example programme: Mali, July 2014. Published totals, invented reports, taken in through the same door as any."""
