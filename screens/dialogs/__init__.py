"""Dialogs: questions over a screen, each with one answer."""
