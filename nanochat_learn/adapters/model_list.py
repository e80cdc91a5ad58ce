"""What a provider says about its models → ``ModelInfo``; which of them we would ask. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from nanochat_learn.provider import Provider
from nanochat_learn.schema.tutor import ModelInfo

ANY_FREE = "openrouter/free"
"""OpenRouter's own choice among its free models: there as long as there is any."""

WANTED = (
    "openai/gpt-oss-120b:free",
    "meta-llama/llama-3.3-70b-instruct:free",
    "openai/gpt-oss-20b:free",
)
"""Free models that explain well, the best first. Free models come and go: those that the list
does not have are not asked."""

UNKNOWN_CONTEXT = 8_192
LEAST_CONTEXT = 16_000
"""Tokens that a model must take to be asked unless somebody chose it."""
MOST_MODELS = 3_000
_LONGEST = 200
_CONTEXT = ("context_length", "max_model_len", "max_context_length", "n_ctx")


def _built_in(id: str, label: str, context: int) -> ModelInfo:
    return ModelInfo(
        id=id, label=label, free=True, context=context, tools=True, price_in=0.0, price_out=0.0
    )


BUILT_IN = (
    _built_in(ANY_FREE, "Any free model (OpenRouter chooses)", 128_000),
    _built_in(WANTED[0], "OpenAI: gpt-oss-120b (free)", 131_072),
    _built_in(WANTED[1], "Meta: Llama 3.3 70B Instruct (free)", 65_536),
    _built_in(WANTED[2], "OpenAI: gpt-oss-20b (free)", 131_072),
)
"""For OpenRouter, where its list was never fetched. From memory, and said to be so."""


def read(listed: Iterable[Mapping[str, Any]], whom: Provider) -> tuple[ModelInfo, ...]:
    """Free ones first; OpenRouter's hundreds by name, a short list in the order it came.
    Entries that make no sense are left out."""
    found: dict[str, ModelInfo] = {}
    for entry in listed:
        model = _model(entry, whom)
        if model is not None and len(found) < MOST_MODELS:
            found[model.id] = model
    if not whom.openrouter:
        return tuple(sorted(found.values(), key=lambda m: not m.free))
    return tuple(
        sorted(found.values(), key=lambda m: (not m.free, m.id != ANY_FREE, m.label.lower()))
    )


def unknown(id: str, whom: Provider) -> ModelInfo:
    """A model that somebody named and no list knows."""
    free = whom.local or id.endswith(":free") or id == ANY_FREE
    price = 0.0 if free else None
    return ModelInfo(
        id=id,
        label=id,
        free=free,
        context=UNKNOWN_CONTEXT,
        tools=True,
        price_in=price,
        price_out=price,
    )


def preferred(models: tuple[ModelInfo, ...], whom: Provider) -> tuple[str, ...]:
    """The model to ask where none was chosen, and its fallbacks; empty when none is known."""
    if not whom.openrouter:
        best = [m.id for m in models if m.free and m.tools] or [m.id for m in models]
        return tuple(best[:1])
    roomy = [m for m in models if m.free and m.tools and m.context >= LEAST_CONTEXT]
    there = {model.id for model in roomy}
    chosen = [id for id in WANTED if id in there]
    others = [m.id for m in sorted(roomy, key=lambda m: -m.context) if m.id != ANY_FREE]
    last = [ANY_FREE] if ANY_FREE in there else []
    return tuple(dict.fromkeys([*chosen[:2], *([] if chosen else others[:2]), *last]))


def _model(entry: Mapping[str, Any], whom: Provider) -> ModelInfo | None:
    id = entry.get("id")
    if not isinstance(id, str) or not 0 < len(id) <= _LONGEST or not id.isprintable():
        return None
    shape = entry.get("architecture")
    makes = shape.get("output_modalities") if isinstance(shape, Mapping) else None
    if isinstance(makes, list) and "text" not in makes:
        return None
    prices = entry.get("pricing")
    prices = prices if isinstance(prices, Mapping) else {}
    price_in, price_out = _price(prices.get("prompt")), _price(prices.get("completion"))
    free = whom.local or id.endswith(":free") or (price_in == 0 and price_out == 0)
    if free:
        price_in, price_out = 0.0, 0.0
    can = entry.get("supported_parameters")
    name = entry.get("name")
    return ModelInfo(
        id=id,
        label=" ".join(name.split())[:_LONGEST] if isinstance(name, str) and name.strip() else id,
        free=free,
        context=_context(entry),
        tools="tools" in can if isinstance(can, list) else True,
        price_in=price_in,
        price_out=price_out,
    )


def _context(entry: Mapping[str, Any]) -> int:
    meta = entry.get("meta")
    for place in (entry, meta if isinstance(meta, Mapping) else {}):
        for name in (*_CONTEXT, "n_ctx_train"):
            value = place.get(name)
            if isinstance(value, int) and not isinstance(value, bool) and value > 0:
                return value
    return UNKNOWN_CONTEXT


def _price(value: object) -> float | None:
    """Dollars for one token, as text or number → for a million. Routers say -1: not known."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        price = float(value) * 1e6
    except (ValueError, OverflowError):
        return None
    return round(price, 6) if math.isfinite(price) and price >= 0 else None
