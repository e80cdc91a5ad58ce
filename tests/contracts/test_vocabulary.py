"""The committed JSON Schema and TypeScript types are what the Python vocabulary makes today."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from nanochat_learn.schema import code, export

ROOT = Path(__file__).parents[2]


def test_json_schema_is_fresh():
    committed = export.TARGET.read_text(encoding="utf-8")
    assert committed == export.vocabulary(), "run `make gen` and commit what it writes"


@pytest.mark.skipif(shutil.which("node") is None, reason="node makes the TypeScript types")
def test_typescript_types_are_fresh(tmp_path: Path):
    for part in ("tools", "node_modules"):
        (tmp_path / part).symlink_to(ROOT / part)
    (tmp_path / "src/api").mkdir(parents=True)
    (tmp_path / "nanochat_learn/schema").mkdir(parents=True)
    shutil.copy(export.TARGET, tmp_path / "nanochat_learn/schema")
    subprocess.run(["node", "tools/generate-types.mjs"], cwd=tmp_path, check=True)
    made = (tmp_path / "src/api/types.gen.ts").read_text(encoding="utf-8")
    committed = (ROOT / "src/api/types.gen.ts").read_text(encoding="utf-8")
    assert made == committed, "run `make gen` and commit what it writes"


def test_every_model_is_closed_and_every_id_is_branded():
    definitions = json.loads(export.vocabulary())["$defs"]
    for name, definition in definitions.items():
        if definition.get("type") == "object":
            assert definition["additionalProperties"] is False, name
    node = definitions["CodeNode"]["properties"]["id"]
    assert node["tsType"] == "NodeId"


def test_no_model_shadows_a_javascript_global():
    assert not {"Symbol", "Map", "Set", "Object", "Error", "Node", "Range"} & set(
        json.loads(export.vocabulary())["$defs"]
    )


def test_the_tag_grammar_reads_the_shared_examples():
    examples = json.loads((Path(__file__).parent / "tags.json").read_text(encoding="utf-8"))
    for example in examples["tags"]:
        match = re.match(code.WELL_FORMED_TAG, example["comment"])
        assert match, example
        assert (match[1] or match[3], match[2] or match[4]) == (example["kind"], example["target"])
    for comment in [bad["comment"] for bad in examples["malformed"]] + examples["plain"]:
        assert not re.match(code.WELL_FORMED_TAG, comment), comment
