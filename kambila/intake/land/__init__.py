"""Areas split in two, joined, made larger: ordinary reports that wait for acceptance, drawn from what is known."""
