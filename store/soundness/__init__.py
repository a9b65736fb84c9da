"""Whether a workspace is sound: links that lead nowhere, circles, doubles, conflicts that wait."""

from store.soundness.findings import findings_in
from store.soundness.lines import Lines

__all__ = ["Lines", "findings_in"]
