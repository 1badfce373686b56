"""Sijill reads Arabic reports of armed conflict into sourced claims.

>>> claims = extract("قُتل ثلاثة مدنيين في دوما أمس.", published="2018-04-08")
>>> claims[0].type, claims[0].count.min, claims[0].time.edtf
('killed', 3, '2018-04-07')
"""

from ._api import (
    DEFAULT_CONFIDENCE,
    Document,
    Knowledge,
    __version__,
    claims_schema,
    extract,
    extract_arrow,
    read,
)
from ._case import Case, Records
from ._claims import (
    Attribution,
    Claim,
    Claims,
    Count,
    Diagnostic,
    Evidence,
    Participant,
    Place,
    Share,
    Time,
)

__all__ = [
    "DEFAULT_CONFIDENCE",
    "Attribution",
    "Case",
    "Claim",
    "Claims",
    "Count",
    "Diagnostic",
    "Document",
    "Evidence",
    "Knowledge",
    "Participant",
    "Place",
    "Records",
    "Share",
    "Time",
    "__version__",
    "claims_schema",
    "extract",
    "extract_arrow",
    "read",
]
