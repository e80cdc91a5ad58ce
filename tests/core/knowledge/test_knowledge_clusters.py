"""clusters.yaml: the repository's own, and what happens to a bad one."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from nanochat_learn.graph.cycles import cycles
from nanochat_learn.knowledge import Knowledge, KnowledgePlaces, load
from nanochat_learn.knowledge.clusters import ClusterPlan, parse_clusters

ROOT = Path(__file__).parents[3]

THE_MAP = [
    "foundations.next_token",
    "foundations.tensors",
    "foundations.broadcasting",
    "foundations.dot_product",
    "foundations.matmul",
    "foundations.softmax",
    "foundations.probability",
    "foundations.neural_network",
    "tokenization.unicode_bytes",
    "tokenization.bpe",
    "tokenization.vocab_size",
    "tokenization.pretokenization",
    "tokenization.tiktoken_vs_rustbpe",
    "tokenization.special_tokens",
    "data.parquet_streaming",
    "data.packing",
    "data.next_token_targets",
    "architecture.transformer",
    "architecture.embeddings",
    "attention.self_attention",
    "attention.causal_mask",
    "attention.multi_head",
    "architecture.rmsnorm",
    "architecture.residual_stream",
    "attention.rope",
    "attention.qk_norm",
    "attention.gqa",
    "attention.sliding_window",
    "architecture.mlp",
    "architecture.relu2_swiglu",
    "architecture.logit_softcap",
    "optimization.loss",
    "optimization.bits_per_byte",
    "optimization.backprop",
    "optimization.adamw",
    "optimization.muon",
    "optimization.newton_schulz",
    "optimization.lr_schedule",
    "optimization.gradient_accumulation",
    "optimization.ddp",
    "optimization.mixed_precision",
    "optimization.chinchilla",
    "inference.logits",
    "inference.sampling",
    "inference.kv_cache",
    "inference.speculative_decoding",
    "inference.tool_use",
    "inference.sandboxing",
    "inference.chat_finetuning",
]


@pytest.fixture(scope="module")
def own() -> Knowledge:
    return load(KnowledgePlaces(ROOT / "docs/knowledge_base", ROOT / "src/viz", root=ROOT))


def test_the_map_is_complete(own: Knowledge) -> None:
    assert [p for p in own.problems if p.file_path == own.clusters_path] == []
    assert own.clusters_path == "docs/knowledge_base/clusters.yaml"
    assert {entry.id for entry in own.planned} == set(THE_MAP)
    assert len(own.planned) == len(THE_MAP) == 49


def test_the_needs_exist_and_lead_nowhere_in_circles(own: Knowledge) -> None:
    needs = {entry.id: list(entry.needs) for entry in own.planned}
    assert {n for ns in needs.values() for n in ns} <= set(THE_MAP)
    assert cycles(needs) == []


def test_every_sentence_is_short_and_ends(own: Knowledge) -> None:
    for entry in own.planned:
        assert len(entry.sentence.split()) <= 25, entry.id
        assert entry.sentence.endswith("."), entry.id
        assert not {"simply", "just"} & set(entry.sentence.lower().split()), entry.id
    assert len({entry.title for entry in own.planned}) == len(own.planned)


def test_the_code_leads_to_every_picture(own: Knowledge) -> None:
    """Whoever reads a line that a picture shows finds the picture from there."""
    code = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "nanochat").rglob("*.py")))
    tagged = set(re.findall(r"^ *# @viz:(\w+)$", code, re.MULTILINE))
    assert {picture.meta.id for picture in own.pictures} - tagged == set()


def test_six_clusters_claim_every_namespace(own: Knowledge) -> None:
    assert [c.id for c in own.clusters] == [
        "foundations",
        "tokenization",
        "data",
        "architecture",
        "optimization",
        "inference",
    ]
    assert {i.partition(".")[0] for i in THE_MAP} == set(own.namespaces)
    assert own.namespaces["attention"] == "architecture"


def linear(colour: str) -> list[float]:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def luminance(rgb: list[float]) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """CIE L*a*b* of linear sRGB, D65."""
    r, g, b = (min(1.0, max(0.0, c)) for c in rgb)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.0888,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


# How linear sRGB looks without one kind of cone (Machado et al. 2009, full severity).
VISION = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def test_colours_are_legible_on_light_and_dark(own: Knowledge) -> None:
    for cluster in own.clusters:
        here = luminance(linear(cluster.colour))
        dark = luminance(linear("#212121"))
        assert 1.05 / (here + 0.05) >= 3, cluster
        assert (here + 0.05) / (dark + 0.05) >= 3, cluster


@pytest.mark.parametrize("eyes", VISION)
def test_colours_stay_apart(own: Knowledge, eyes: str) -> None:
    def seen(colour: str) -> tuple[float, float, float]:
        rgb = linear(colour)
        return lab([sum(m * c for m, c in zip(row, rgb, strict=True)) for row in VISION[eyes]])

    for one, other in combinations(own.clusters, 2):
        a, b = seen(one.colour), seen(other.colour)
        apart = sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5
        assert apart >= 25, (one.id, other.id)  # about ten just noticeable differences


GOOD = """\
clusters:
  - id: data
    title: Data
    colour: "#112233"
    namespaces: [data]
concepts:
  - id: data.a
    title: A
    sentence: It is a.
    needs: [data.b]
  - id: data.b
    title: B
    sentence: It is b.
    cluster: data
"""


def said(text: str) -> tuple[ClusterPlan, list[tuple[str, int, str]]]:
    plan = parse_clusters(text, "c.yaml")
    return plan, [(p.kind, p.line, p.message) for p in plan.problems]


def test_a_good_file() -> None:
    plan, problems = said(GOOD)
    assert problems == []
    assert [(c.id, c.colour, c.order) for c in plan.clusters] == [("data", "#112233", 0)]
    assert [(p.id, p.needs, p.cluster) for p in plan.planned] == [
        ("data.a", ("data.b",), None),
        ("data.b", (), "data"),
    ]
    assert plan.planned[0].line("needs", "data.b") == 10
    assert plan.planned[1].line("id") == 11


@pytest.mark.parametrize(
    ("old", "new", "line", "words", "kept"),
    [
        ('"#112233"', "red", 4, "`colour: red` is not a colour", ["data.a"]),
        ("    title: A\n", "", 7, "`title` is missing", ["data.b"]),
        ("id: data.a", "id: Data A", 7, "lower-case words", ["data.b"]),
        ("id: data.a", "id: data.b", 11, "stands twice", ["data.b"]),
        ("    needs: [data.b]", "    needs: data.b", 10, "must be a list", ["data.b"]),
        ("    needs: [data.b]", "    need: [data.b]", 10, "`need` is not a field", ["data.b"]),
        ("cluster: data", "cluster: datum", 14, "no cluster `datum`", ["data.a"]),
        ("    sentence: It is a.", "    sentence:", 9, "`sentence` is missing", ["data.b"]),
        ("  - id: data.b\n    title: B\n    sentence: It is b.\n    cluster: data\n",
         "  - nonsense\n", 11, "`name: value`", ["data.a"]),
    ],
)  # fmt: skip
def test_one_bad_entry_is_left_out(
    old: str, new: str, line: int, words: str, kept: list[str]
) -> None:
    assert old in GOOD
    plan, problems = said(GOOD.replace(old, new))
    if "colour" in words:  # without its cluster, the concept that names it goes too
        problems = problems[:1]
    assert [p[1] for p in problems] == [line]
    assert words in problems[0][2]
    assert [p.id for p in plan.planned] == kept


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("clusters:\n  - id: [\n", 3, "not valid YAML"),
        ("- a\n", 1, "the two lists"),
        ("clusters: x\n", 1, "must be a list"),
        ("cluster:\n  - a\n", 1, "`cluster` is not known here"),
        ("concepts: []\nconcepts: []\n", 2, "stands twice"),
        ("a: &x [1]\nconcepts: *x\n", 2, "aliases"),
        ("\x00", 1, "not valid YAML"),
        ("[" * 5000, 1, "nested too deeply"),
    ],
)
def test_a_bad_file_says_where_and_yields_nothing(text: str, line: int, words: str) -> None:
    plan, problems = said(text)
    assert plan.planned == plan.clusters == []
    assert [p[1] for p in problems] == [line]
    assert words in problems[0][2]


def test_an_empty_file_is_an_empty_plan() -> None:
    for text in ("", "# nothing\n", "clusters:\nconcepts:\n"):
        assert said(text) == (ClusterPlan(), [])


def test_two_concepts_with_one_id_are_a_duplicate() -> None:
    assert said(GOOD.replace("id: data.a", "id: data.b"))[1][0][0] == "duplicate_concept"


def test_a_namespace_belongs_to_one_cluster() -> None:
    second = '  - {id: more, title: More, colour: "#112244", namespaces: [data]}\nconcepts:'
    plan, problems = said(GOOD.replace("concepts:", second))
    assert plan.namespaces == {"data": "data"}
    assert "belongs to `data` already" in problems[0][2]


def test_aliases_of_a_concept_to_come_are_read_and_must_be_a_list():
    text = (
        "concepts:\n  - id: data.tea\n    title: Tea\n    sentence: Tea is hot.\n"
        "    aliases: [brew, hot leaves]\n"
    )
    plan = parse_clusters(text, "clusters.yaml")
    assert plan.planned[0].aliases == ("brew", "hot leaves")
    bad = parse_clusters(text.replace("[brew, hot leaves]", "brew"), "clusters.yaml")
    assert not bad.planned
    assert bad.problems[0].line == 5
