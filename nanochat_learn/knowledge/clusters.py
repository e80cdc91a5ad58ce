"""The text of ``clusters.yaml`` → clusters, namespaces, planned concepts. Pure.

One wrong entry is left out with a line of its own; the others are used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import ConfigDict, Field

from nanochat_learn.knowledge.notes import header_lines
from nanochat_learn.knowledge.records import PlannedConcept
from nanochat_learn.knowledge.unclear import Unclear, checked_model
from nanochat_learn.knowledge.yaml_lines import YamlText, read_yaml
from nanochat_learn.schema.base import ClusterId, ConceptId, Frozen
from nanochat_learn.schema.concept import ConceptIdField
from nanochat_learn.schema.graph import Cluster, Gap

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class _ClusterEntry(Frozen):
    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    colour: str
    namespaces: tuple[str, ...] = ()


class _ConceptEntry(Frozen):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: ConceptIdField
    title: str = Field(min_length=1)
    sentence: str = Field(min_length=1)
    needs: tuple[ConceptId, ...] = ()
    cluster: ClusterId | None = None
    aliases: tuple[str, ...] = ()


@dataclass(slots=True)
class ClusterPlan:
    """What ``clusters.yaml`` says; filled while it is read."""

    clusters: list[Cluster] = field(default_factory=list)
    namespaces: dict[str, ClusterId] = field(default_factory=dict)
    planned: list[PlannedConcept] = field(default_factory=list)
    problems: list[Gap] = field(default_factory=list)


def parse_clusters(text: str, path: str) -> ClusterPlan:
    """Never raises: what is wrong stands in ``problems``."""
    plan = ClusterPlan()
    try:
        read = read_yaml(text)
        if read.value == "":
            return plan
        if not isinstance(read.value, dict):
            raise Unclear("clusters.yaml must have the two lists `clusters` and `concepts`.", 1)
        for name in read.value:
            if name not in ("clusters", "concepts"):
                raise Unclear(
                    f"`{name}` is not known here. clusters.yaml has the lists `clusters` and "
                    "`concepts`.",
                    read.lines[(name,)],
                )
    except Unclear as fault:
        plan.problems.append(fault.gap(path))
        return plan
    for entry, lines, line in _entries(read, "clusters", plan, path):
        try:
            _add_cluster(plan, entry, lines, line)
        except Unclear as fault:
            plan.problems.append(fault.gap(path))
    known = {cluster.id for cluster in plan.clusters}
    for entry, lines, line in _entries(read, "concepts", plan, path):
        try:
            _add_concept(plan, entry, lines, line, known)
        except Unclear as fault:
            plan.problems.append(fault.gap(path))
    return plan


def _entries(
    read: YamlText, name: str, plan: ClusterPlan, path: str
) -> Iterator[tuple[dict[str, Any], dict[str, int], int]]:
    """Each mapping of the list ``name``, the lines of its fields, and its first line."""
    assert isinstance(read.value, dict)
    entries = read.value.get(name, "")
    if entries == "":
        return
    if not isinstance(entries, list):
        fault = Unclear(
            f"`{name}` must be a list: lines that begin with `- `.", read.lines[(name,)]
        )
        plan.problems.append(fault.gap(path))
        return
    for index, entry in enumerate(entries):
        line = read.lines[(name, index)]
        if isinstance(entry, dict):
            given = {key: value for key, value in entry.items() if value != ""}
            yield given, header_lines(read, (name, index)), line
        else:
            fault = Unclear(f"This entry of `{name}` must be lines of `name: value`.", line)
            plan.problems.append(fault.gap(path))


def _add_cluster(
    plan: ClusterPlan, entry: dict[str, Any], lines: dict[str, int], line: int
) -> None:
    read = checked_model(_ClusterEntry, entry, "This cluster is not complete", lines, line)
    if not _COLOUR.fullmatch(read.colour):
        raise Unclear(
            f'`colour: {read.colour}` is not a colour. Write it as "#rrggbb".', lines["colour"]
        )
    if any(cluster.id == read.id for cluster in plan.clusters):
        raise Unclear(f"The cluster `{read.id}` stands twice. Keep one of them.", line)
    cluster_id = ClusterId(read.id)
    order = len(plan.clusters)
    plan.clusters.append(
        Cluster(id=cluster_id, title=read.title, colour=read.colour.lower(), order=order)
    )
    for namespace in read.namespaces:
        owner = plan.namespaces.setdefault(namespace, cluster_id)
        if owner != cluster_id:
            raise Unclear(
                f"The namespace `{namespace}` belongs to `{owner}` already. "
                "Name it in one cluster.",
                lines["namespaces"],
            )


def _add_concept(
    plan: ClusterPlan,
    entry: dict[str, Any],
    lines: dict[str, int],
    line: int,
    known: set[ClusterId],
) -> None:
    name = entry.get("id", "")
    read = checked_model(
        _ConceptEntry,
        entry,
        f"The concept `{name}` is not complete" if name else "This concept is not complete",
        lines,
        line,
    )
    if any(concept.id == read.id for concept in plan.planned):
        raise Unclear(
            f"The concept `{read.id}` stands twice. Keep one of them.", line, "duplicate_concept"
        )
    if read.cluster is not None and read.cluster not in known:
        raise Unclear(
            f"There is no cluster `{read.cluster}`. Choose one of: {', '.join(sorted(known))}.",
            lines["cluster"],
        )
    plan.planned.append(
        PlannedConcept(
            id=read.id,
            title=read.title,
            needs=read.needs,
            sentence=read.sentence,
            cluster=read.cluster,
            aliases=read.aliases,
            lines={"id": line, **lines},
        )
    )
