"""Which public code no concept leads to.

**Reached** is what a learner gets to from a concept by following the code:

- a class or function that a concept explains or that defines one, wholly or in part;
- whatever stands inside it, and whatever it calls, instantiates or inherits from,
  and so on from there;
- the class around a reached method: whoever reads the method sees it. The other
  methods of that class are not reached by this alone.

A tag on a statement at module level reaches the file, not the definitions in it.

**Expected to be reached** are public classes and functions in ``.py`` files that lie in, or
below, a folder in which somebody already put ``@learn`` or ``@def``. One without makes no promise
to be explained, and listing all of it would drown the rest. (Tags in files at the root
speak for the root's files only.) Left out: names that begin with ``_`` anywhere in the path or
name, functions inside functions, tests, benches, and members of a class that is itself listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nanochat_learn.graph.draft import Draft
from nanochat_learn.indexer.facts import Tree

_NOT_TEACHING = {"test", "tests", "testing", "bench", "benches", "benchmark", "benchmarks"}
_LEADS_ON = {"contains", "calls", "instantiates", "inherits"}


def unexplained(tree: Tree, draft: Draft) -> list[dict[str, Any]]:
    """The nodes that are expected to be reached and are not, sorted by place."""
    folders = _tagged_folders(tree)
    if not folders:
        return []
    reached = _reached(draft)
    candidates = [
        node
        for node in draft.nodes.values()
        if node["type"] in ("class", "function")
        and node["id"] not in reached
        and _in_folders(node["file_path"], folders)
        and is_teaching_code(node["file_path"])
        and not any(part.startswith("_") for part in node["label"].split("."))
    ]
    listed: set[str] = set()
    result = []
    # outer before inner, so that a member can see that its class is listed already
    for node in sorted(candidates, key=lambda n: (n["file_path"], n["line"], n["label"])):
        outer = node["label"].rpartition(".")[0]
        parent = draft.nodes.get(f"{node['file_path']}:{outer}") if outer else None
        if parent is not None and (parent["type"] == "function" or parent["id"] in listed):
            listed.add(node["id"])  # its own members are not listed either
            continue
        listed.add(node["id"])
        result.append(node)
    return result


def is_teaching_code(path: str) -> bool:
    """A Python file that is neither private nor a test nor a bench."""
    *folders, name = path.split("/")
    return (
        name.endswith(".py")
        and not any(part.lower() in _NOT_TEACHING for part in folders)
        and not any(part.startswith("_") for part in [*folders, name] if part != "__init__.py")
        and not name.startswith("test_")
        and not name.endswith("_test.py")
        and name != "conftest.py"
    )


def _tagged_folders(tree: Tree) -> set[str]:
    return {
        path.rpartition("/")[0]
        for path, facts in tree.files.items()
        if is_teaching_code(path) and any(tag.kind in ("learn", "def") for tag in facts.tags)
    }


def _in_folders(path: str, folders: set[str]) -> bool:
    folder = path.rpartition("/")[0]
    if folder in folders:
        return True
    while "/" in folder:
        folder = folder.rpartition("/")[0]
        if folder in folders:
            return True
    return False


def _reached(draft: Draft) -> set[str]:
    onward: dict[str, list[str]] = {}
    start: set[str] = set()
    for key in draft.edges:
        if key.type in _LEADS_ON and draft.nodes[key.source]["type"] != "file":
            onward.setdefault(key.source, []).append(key.target)
        elif key.type == "explains":
            start.add(key.target)
        elif key.type == "defines":
            start.add(key.source)
    reached = _closure(start, onward)
    around = set()
    for node_id in reached:
        path, _, name = node_id.rpartition(":")
        outer = draft.nodes.get(f"{path}:{name.rpartition('.')[0]}")
        if outer is not None and outer["type"] == "class":
            around.add(outer["id"])
    return reached | around


def _closure(start: Iterable[str], onward: dict[str, list[str]]) -> set[str]:
    seen = set(start)
    queue = list(seen)
    while queue:
        for there in onward.get(queue.pop(), ()):
            if there not in seen:
                seen.add(there)
                queue.append(there)
    return seen
