"""What a three-way merge must come to, worked out from the promises alone and not from the code that merges."""

from tests.proofs.oracle.answers import MISSING, Answer, Fields, Flag, Tables, frozen
from tests.proofs.oracle.complaints import complaints, conflict_complaints
from tests.proofs.oracle.identities import Untangled, untangled
from tests.proofs.oracle.losses import losses
from tests.proofs.oracle.truth import Truth, truth

__all__ = [
    "MISSING",
    "Answer",
    "Fields",
    "Flag",
    "Tables",
    "Truth",
    "Untangled",
    "complaints",
    "conflict_complaints",
    "frozen",
    "losses",
    "truth",
    "untangled",
]
