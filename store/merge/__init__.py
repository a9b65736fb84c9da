"""Three-way merge of stores, field by field: decide, then settle. Pure: it knows no files."""

from store.merge.comparing import Fields, Tables, Why
from store.merge.deciding import decide
from store.merge.plan import NO_LABELS, Decision, Labels, MergedRecord, Plan

__all__ = ["NO_LABELS", "Decision", "Fields", "Labels", "MergedRecord", "Plan", "Tables", "Why", "decide"]
