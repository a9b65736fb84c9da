"""Three texts of a store made one, by hand and for git."""
