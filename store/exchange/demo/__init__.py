"""A made-up team with half a year behind it, so that every screen has something true to show."""

from store.exchange.demo.builder import demo_workspace

__all__ = ["demo_workspace"]
