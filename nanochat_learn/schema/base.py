"""What every model of the vocabulary shares, and the ids. No model of its own lives here."""

from __future__ import annotations

from typing import Annotated, NewType

from pydantic import BaseModel, ConfigDict, WithJsonSchema

# `tsType` becomes a branded string in TypeScript, as NewType is one in Python.
NodeId = NewType("NodeId", Annotated[str, WithJsonSchema({"type": "string", "tsType": "NodeId"})])
"""``nanochat/gpt.py``, ``nanochat/gpt.py:GPT.forward``, ``concept:attention.rope`` …"""
ConceptId = NewType(
    "ConceptId", Annotated[str, WithJsonSchema({"type": "string", "tsType": "ConceptId"})]
)
"""``attention.rope``: lower-case words joined by dots."""
ClusterId = NewType(
    "ClusterId", Annotated[str, WithJsonSchema({"type": "string", "tsType": "ClusterId"})]
)
PictureId = NewType(
    "PictureId", Annotated[str, WithJsonSchema({"type": "string", "tsType": "PictureId"})]
)
LessonId = NewType(
    "LessonId", Annotated[str, WithJsonSchema({"type": "string", "tsType": "LessonId"})]
)
TraceName = NewType(
    "TraceName", Annotated[str, WithJsonSchema({"type": "string", "tsType": "TraceName"})]
)
"""Name of a folder in ``traces/``: letters, digits, ``-``, ``_`` and ``.``."""


class Frozen(BaseModel):
    """A value: never changed after it is made, and no field that is not declared."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_serialization_defaults_required=True
    )
