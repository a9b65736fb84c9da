"""Commands: one class per thing a person can do."""
