"""``nanochat-learn trace list | show | export | diff``: the part of the command line on traces."""

from __future__ import annotations

import argparse
from pathlib import Path

from nanochat_learn.places import Workspace

FINE, FINDINGS = 0, 1


def add_to(verb: argparse.ArgumentParser) -> None:
    """Give the verb its own verbs."""
    inner = verb.add_subparsers(dest="trace_verb", required=True, metavar="WHAT")

    def one(name: str, does: str) -> argparse.ArgumentParser:
        return inner.add_parser(name, help=does, description=does)

    def as_json(of: argparse.ArgumentParser) -> None:
        of.add_argument("--json", action="store_true", help="print JSON for other programs")

    as_json(one("list", "List the traces of the workspace, newest first."))
    show = one("show", "Tell what is in a trace: steps, tensors, shapes, ranges.")
    show.add_argument("trace", metavar="TRACE", help="its name, or the path of its folder")
    as_json(show)
    export = one("export", "Write a trace as one file for other tools.")
    export.add_argument("trace", metavar="TRACE", help="its name, or the path of its folder")
    export.add_argument(
        "--out", metavar="FILE", type=Path, required=True, help="ends in .json or .npz"
    )
    export.add_argument("--names", metavar="GLOB", default="*", help='such as "attn.*"')
    diff = one("diff", "Compare two traces: exit with 1 when a tensor differs.")
    diff.add_argument("one", metavar="TRACE")
    diff.add_argument("other", metavar="OTHER")
    as_json(diff)


def run(workspace: Workspace, arguments: argparse.Namespace) -> int:
    return {"list": _list, "show": _show, "export": _export, "diff": _diff}[arguments.trace_verb](
        workspace, arguments
    )


def _list(workspace: Workspace, arguments: argparse.Namespace) -> int:
    from nanochat_learn import workspace as verbs

    found, broken = verbs.traces(workspace)
    if arguments.json:
        print("[" + ",\n".join(one.model_dump_json() for one in found) + "]")
        return FINE
    for one in found:
        phases = ", ".join(f"{count} {phase}" for phase, count in one.phases)
        print(
            f"{one.name:24} {one.state:9} {one.steps:5} steps  {one.bytes / 1e6:8.2f} MB  "
            f"{one.model.kind}{f' ({phases})' if phases else ''}"
        )
    for sentence in broken:
        print(sentence)
    if not found and not broken:
        print("No traces yet. In a notebook: with TraceContext(model) as trace: …")
    return FINE


def _show(workspace: Workspace, arguments: argparse.Namespace) -> int:
    from nanochat_learn import workspace as verbs
    from nanochat_learn.traces.words import in_words

    told = verbs.trace_summary(workspace, arguments.trace)
    print(told.model_dump_json(indent=1) if arguments.json else in_words(told, most=10_000))
    return FINE


def _export(workspace: Workspace, arguments: argparse.Namespace) -> int:
    from nanochat_learn import workspace as verbs

    verbs.export_trace(workspace, arguments.trace, arguments.out, arguments.names)
    print(f"Written: {arguments.out}")
    return FINE


def _diff(workspace: Workspace, arguments: argparse.Namespace) -> int:
    from nanochat_learn import workspace as verbs

    found = verbs.compare_traces(workspace, arguments.one, arguments.other)
    apart = [one for one in found.tensors if one.largest != 0]
    alone = len(found.only_one) + len(found.only_other)
    if arguments.json:
        print(found.model_dump_json(indent=1))
    else:
        for one in sorted(apart, key=lambda one: -(one.largest or float("inf"))):
            told = one.reason or f"largest {one.largest:.4g}, mean {one.mean:.4g}"
            print(f"step {one.step:4}  {one.name:32} {told}")
        print(
            f"{len(found.tensors)} tensors compared, {len(found.tensors) - len(apart)} equal; "
            f"{len(found.only_one)} only in {found.one}, "
            f"{len(found.only_other)} only in {found.other}"
        )
    return FINDINGS if apart or alone else FINE
