"""Many clients in one run: where they come from, who builds them, what became of them."""
