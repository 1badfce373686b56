from typing import Any

__version__: str
DEFAULT_CONFIDENCE: float

class Knowledge:
    def __new__(cls, tables: dict[str, str]) -> Knowledge: ...
    @property
    def hash(self) -> str: ...

def built_in() -> Knowledge: ...
def extract(
    knowledge: Knowledge,
    min_confidence: float,
    id: str,
    text: str,
    title: str | None,
    published: str | None,
    outlet: str | None,
    url: str | None,
) -> tuple[str, str]: ...
def extract_arrow(
    knowledge: Knowledge, batch: Any, min_confidence: float, drop: bool
) -> Any: ...
def to_arrow(lines: str) -> Any: ...
def claims_schema() -> Any: ...
