"""The journal: what was done is safe in it at once, and outlasts the program."""
