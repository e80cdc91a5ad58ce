"""Records src/viz/dot_product/example.json: the films of the note, judged by torch.

``same`` is the dot product after ``nanochat.gpt.norm`` has brought both to one length. Run
again, it writes the same file.
"""

import json
from pathlib import Path

import torch

from nanochat.gpt import norm

YOU = [3.0, 1.0]
FILMS = {"A": [3.0, 1.0], "B": [-1.0, 3.0], "C": [-3.0, -1.0], "D": [6.0, 2.0]}
OTHERS = [[0.0, 5.0], [-2.0, 1.5], [6.0, -6.0], [0.5, 0.5]]


def golden(film: list[float]) -> dict:
    you, other = torch.tensor(YOU, dtype=torch.float64), torch.tensor(film, dtype=torch.float64)
    cosine = torch.nn.functional.cosine_similarity(you, other, dim=0)
    return {
        "film": film,
        "dot": (you @ other).item(),
        "length": other.norm().item(),
        "angle": torch.rad2deg(torch.arccos(cosine.clamp(-1, 1))).item(),
        "same": (norm(you) @ norm(other)).item(),
    }


example = {
    "you": YOU,
    "films": [{"name": name, "film": film} for name, film in FILMS.items()],
    "golden": [golden(film) for film in [*FILMS.values(), *OTHERS]],
}
Path("src/viz/dot_product/example.json").write_text(json.dumps(example, indent=2) + "\n")
