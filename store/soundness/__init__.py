"""Whether a workspace is sound: links that lead nowhere, circles, doubles, conflicts that wait."""

from store.soundness.findings import findings_in
from store.soundness.lines import located

__all__ = ["findings_in", "located"]
