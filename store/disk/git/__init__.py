"""The store and git: found without starting it, read safely, acted on as the person's own git would.

Names are taken from the modules themselves, so that a start which only wants the branch loads nothing that runs git.
"""
