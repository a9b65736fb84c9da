"""The goals: a tree of outcomes, and the work that serves them."""
