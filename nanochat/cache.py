"""What a model keeps of the text it has read: the keys and values of attention.

Layers that see the whole text keep all of it. A layer with a sliding window keeps only its window,
in a ring: position p lies in place p mod room, so the newest takes the place of the oldest.
Nothing else is ever forgotten, and nothing is dropped in silence.

Not here: who reads and who writes (``engine.py``), and how keys are compared (``gpt.py``).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

import torch
from torch import Tensor

from nanochat.config import GPTConfig


# @learn:inference.kv_cache
# @viz:kv_cache_steps
class KVCache:
    """Keys and values of every position read so far, so that none is worked out twice.

    All room is taken at the start: ``k[layer]`` and ``v[layer]`` are (B, Hk, room, D), where room
    is ``capacity``, or the layer's window if that is shorter. With ``spare``, windows keep that
    many positions more, so that as many can be taken back (``rewind``).
    """

    def __init__(
        self,
        config: GPTConfig,
        rows: int,
        capacity: int,
        dtype: torch.dtype = torch.float32,
        device: torch.device | str = "cpu",
        spare: int = 0,
    ) -> None:
        self.rows = rows  # B, how many texts are kept side by side
        self.capacity = capacity  # how many positions fit
        self.spare = spare
        self.pos = 0  # how many positions are filled, alike in all rows and layers
        self.windows = config.windows()
        self._furthest = 0  # the largest `pos` so far: what rings have written over depends on it
        shape = (rows, config.n_kv_head, config.head_width)
        self.k = [self._empty(shape, room, dtype, device) for room in self._rooms(capacity)]
        self.v = [torch.zeros_like(k) for k in self.k]

    def _rooms(self, capacity: int) -> list[int]:
        """How many positions each layer keeps."""
        # @learn:attention.sliding_window
        return [min(capacity, window + self.spare) for window in self.windows]

    @staticmethod
    def _empty(
        shape: tuple[int, int, int], room: int, dtype: torch.dtype, device: torch.device | str
    ) -> Tensor:
        rows, heads, width = shape
        return torch.zeros((rows, heads, room, width), dtype=dtype, device=device)

    # @learn:inference.kv_cache
    def insert(self, layer: int, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
        """Keep ``k`` and ``v``, (B, Hk, T, D), of the next T positions of one layer.

        The answer is what those T may look at, (B, Hk, S, D) each: the new ones and all before
        them, or, in a layer with a window, as many before them as it reaches. They come in the
        order of the text, with one exception: a single new position (T = 1) gets its window as
        it lies in the ring, since all of it is seen and RoPE has already marked every key with
        its place (``positions`` tells the order). ``pos`` stays: ``advance`` moves it once every
        layer has been through.
        Raises ``ValueError`` when T positions do not fit, or when the rows are not as many.
        """
        T = k.size(2)
        end = self.pos + T
        if end > self.capacity:
            raise ValueError(
                f"The cache has room for {self.capacity} positions and {self.pos} are filled, so "
                f"{T} more do not fit. Make one with capacity={end} or larger, or call "
                f"grow({end}) first."
            )
        if k.size(0) != self.rows:
            raise ValueError(
                f"The cache keeps {self.rows} rows, but {k.size(0)} came in. Make one cache for "
                "each batch."
            )
        keys, values = self.k[layer], self.v[layer]  # (B, Hk, room, D)
        room = keys.size(2)
        if end <= room:  # the ring is not closed yet (and never is where room is capacity)
            keys.narrow(2, self.pos, T).copy_(k)
            values.narrow(2, self.pos, T).copy_(v)
            return keys.narrow(2, 0, end), values.narrow(2, 0, end)
        # @learn:attention.sliding_window
        window = self.windows[layer]
        if T == 1 and room == window:
            place = self.pos % room
            keys.narrow(2, place, 1).copy_(k)
            values.narrow(2, place, 1).copy_(v)
            return keys, values
        # The first new position looks back on window − 1 older ones. Read them before any is
        # written over.
        before = min(self.pos, window - 1)
        seen = tuple(
            torch.cat((*self._stretch(ring, self.pos - before, self.pos), new), dim=2)
            for ring, new in ((keys, k), (values, v))
        )
        kept = min(T, room)
        places = torch.arange(end - kept, end, device=keys.device) % room  # (kept,)
        keys[:, :, places] = k[:, :, T - kept :]
        values[:, :, places] = v[:, :, T - kept :]
        return seen

    # @learn:attention.sliding_window
    def positions(self, layer: int, T: int, before: int | None = None) -> Tensor:
        """Which positions ``insert`` hands out for T new ones, in the order it does: (S,).

        The taps ``attn.k`` and ``attn.v`` see keys and values in this order. ``before`` is how
        many positions were filled before those T: those filled now, if not given, which is right
        from within a tap. Once the model has answered, it is ``pos`` − T.
        """
        before = self.pos if before is None else before
        end = before + T
        room, window = self.k[layer].size(2), self.windows[layer]
        if end <= room:
            return torch.arange(end)
        if T == 1 and room == window:
            place = torch.arange(room)
            return before - (before - place) % room  # the newest that belongs in each place
        return torch.arange(before - min(before, window - 1), end)

    @staticmethod
    def _stretch(ring: Tensor, begin: int, end: int) -> tuple[Tensor, ...]:
        """Positions ``begin`` to ``end`` in order: one piece of the ring, or two at its seam."""
        room, length = ring.size(2), end - begin
        first = begin % room
        if first + length <= room:
            return (ring.narrow(2, first, length),)
        return ring.narrow(2, first, room - first), ring.narrow(2, 0, first + length - room)

    def advance(self, T: int) -> None:
        """Count the T positions that every layer has now inserted."""
        self.pos += T
        self._furthest = max(self._furthest, self.pos)

    def rewind(self, pos: int) -> None:
        """Take back everything after the first ``pos`` positions, to read something else there.

        Raises ``ValueError`` where a window no longer holds what would have to come back.
        """
        if not 0 <= pos <= self.pos:
            raise ValueError(
                f"The cache holds {self.pos} positions, so it cannot go back to {pos}. "
                f"Give a number from 0 to {self.pos}."
            )
        if not self.can_rewind(pos):
            raise ValueError(
                f"A window of {min(self.windows)} has let go of what position {pos} would look at: "
                f"the cache can take back {self.spare} positions. Make it with a larger `spare`."
            )
        self.pos = pos

    def can_rewind(self, pos: int) -> bool:
        """Whether every window still holds what position ``pos`` looks back on."""
        return pos == self.pos or all(
            max(pos - window + 1, 0) >= self._furthest - k.size(2)
            for k, window in zip(self.k, self.windows, strict=True)
        )

    def grow(self, capacity: int) -> None:
        """Make room for ``capacity`` positions; what is kept is copied, and stays as it was."""
        if capacity < self.capacity:
            raise ValueError(
                f"The cache has room for {self.capacity} positions; grow({capacity}) would shrink "
                "it. Make a new one for a shorter text."
            )
        # A ring that has closed has its full room already; only open ones are copied.
        for layer, room in enumerate(self._rooms(capacity)):
            for kept in (self.k, self.v):
                B, Hk, old, D = kept[layer].shape
                if room > old:
                    larger = self._empty((B, Hk, D), room, kept[layer].dtype, kept[layer].device)
                    larger[:, :, :old] = kept[layer]
                    kept[layer] = larger
        self.capacity = capacity

    def take_rows(self, rows: Sequence[int]) -> KVCache:
        """A new cache with copies of these rows, in this order; a row may be named many times."""
        chosen = torch.tensor(list(rows), device=self.k[0].device)
        taken = copy.copy(self)
        taken.rows = len(rows)
        taken.k = [k.index_select(0, chosen) for k in self.k]
        taken.v = [v.index_select(0, chosen) for v in self.v]
        return taken
