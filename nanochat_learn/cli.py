"""The verbs of ``workspace`` without Jupyter, as ``nanochat-learn VERB``.

Decodes arguments, calls one verb, prints. Exit codes: 0 fine, 1 done with findings,
2 could not, 130 stopped by the keyboard. Errors are printed here and nowhere else.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from nanochat_learn import progress_commands, trace_commands
from nanochat_learn._version import __version__
from nanochat_learn.errors import BadInput, Busy, LearnError
from nanochat_learn.places import Workspace, find_workspace, open_workspace

if TYPE_CHECKING:
    from nanochat_learn.schema.graph import Gap
    from nanochat_learn.schema.wire import Failure

LONGEST_QUESTION = 20_000
FINE, FINDINGS, COULD_NOT, STOPPED = 0, 1, 2, 130


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="nanochat-learn",
        description="Reads Python code and the ideas tagged in it; opens JupyterLab on both.",
        epilog="Exit codes: 0 fine, 1 done with findings, 2 could not.",
    )
    top.add_argument("--version", action="version", version=__version__)
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, does: str, example: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, help=does, description=does, epilog=f"Example: {example}")

    def folder(of: argparse.ArgumentParser) -> None:
        of.add_argument(
            "dir", nargs="?", metavar="DIR", help="folder (default: the one around you)"
        )

    def as_json(of: argparse.ArgumentParser) -> None:
        of.add_argument("--json", action="store_true", help="print JSON for other programs")

    one = verb(
        "index", "Read a Python tree and build its graph.", "nanochat-learn index . --out g.json"
    )
    folder(one)
    one.add_argument("--out", metavar="FILE", type=Path, help="also write the graph to FILE")
    one.add_argument(
        "--items", metavar="FILE", type=Path, help="add the items in FILE, one JSON object a line"
    )
    as_json(one)

    one = verb(
        "graph", "Tell what is in the graph.", "nanochat-learn graph --node nanochat/gpt.py:GPT"
    )
    folder(one)
    one.add_argument("--node", metavar="ID", help="one node and its neighbours")
    as_json(one)

    one = verb(
        "gaps", "List what is missing between code and notes.", "nanochat-learn gaps --check"
    )
    folder(one)
    one.add_argument("--check", action="store_true", help="exit with 1 when there are errors")
    one.add_argument("--strict", action="store_true", help="exit with 1 on warnings too")
    as_json(one)

    one = verb(
        "concept",
        "Print a concept: note, code, neighbours.",
        "nanochat-learn concept attention.rope",
    )
    one.add_argument("id", metavar="ID", help="for example attention.rope")
    folder(one)
    as_json(one)

    trace_commands.add_to(
        verb("trace", "Look at what a kernel has recorded.", "nanochat-learn trace show mine")
    )

    progress_commands.add_to(
        verb(
            "progress",
            "Tell what you have understood; take it along; begin a lesson anew.",
            "nanochat-learn progress reset 03_dot_products",
        )
    )

    one = verb(
        "ask",
        "Ask about the code; the answer cites its places.",
        'nanochat-learn ask "where does it remember earlier words?"',
    )
    one.add_argument("question", metavar="QUESTION", help="in your own words, in quotes")
    folder(one)
    one.add_argument("--conversation", metavar="ID", help="go on with one under conversations/")
    as_json(one)

    one = verb(
        "search",
        "Find the code that answers a question.",
        'nanochat-learn search "who calls norm?"',
    )
    one.add_argument("question", nargs="?", metavar="QUESTION", help="in plain words, or a name")
    folder(one)
    one.add_argument("-k", type=int, default=10, metavar="N", help="at most so many (default: 10)")
    one.add_argument("--words", action="store_true", help="by words and graph: waits for no model")
    one.add_argument(
        "--batch",
        metavar="FILE",
        help="one question a line (- is the standard input), one line of JSON out for each",
    )
    as_json(one)

    one = verb(
        "lab",
        "Prepare a workspace and open JupyterLab on it.",
        "nanochat-learn lab my-course -- --port=9999",
    )
    folder(one)
    one.add_argument("--no-browser", action="store_true", help="start without opening a browser")

    one = verb(
        "doctor", "Tell what is installed and active, and how to mend it.", "nanochat-learn doctor"
    )
    as_json(one)
    return top


def main(argv: list[str] | None = None) -> int:
    words = list(sys.argv[1:] if argv is None else argv)
    extra: list[str] = []
    if "--" in words:
        cut = words.index("--")
        words, extra = words[:cut], words[cut + 1 :]
    arguments = parser().parse_args(progress_commands.with_verb(words))
    try:
        if arguments.verb == "lab":
            return _lab(arguments, extra)
        return _VERBS[arguments.verb](arguments)
    except LearnError as error:
        _complain(str(error))
        return COULD_NOT
    except KeyboardInterrupt:
        _complain("Stopped. Nothing was changed that was not finished.")
        return STOPPED
    except BrokenPipeError:  # `nanochat-learn graph | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE


def _index(arguments: argparse.Namespace) -> int:
    from nanochat_learn import workspace as verbs

    workspace = _workspace(arguments.dir)
    if arguments.items is not None:
        verbs.add(workspace, verbs.items_from(arguments.items), on_progress=_progress())
    report = verbs.index(workspace, on_progress=_progress(), out=arguments.out)
    _end_progress()
    if arguments.json:
        print(report.model_dump_json(indent=2))
    else:
        state = report.state
        print(
            f"{workspace.name}: {state.files} files ({report.parsed} read anew), "
            f"{state.nodes} nodes, {state.edges} edges, "
            f"{state.errors} errors, {state.warnings} warnings"
        )
        for gap in report.problems:
            print(f"  {_where(gap)}: {gap.message}")
    return FINDINGS if report.problems else FINE


def _graph(arguments: argparse.Namespace) -> int:
    from nanochat_learn import workspace as verbs

    workspace = _indexed(arguments.dir)
    if arguments.node:
        return _neighbourhood(workspace, arguments.node, arguments.json)
    kept = verbs.graph(workspace)
    if arguments.json:
        print(kept.model_dump_json(exclude_none=True))
        return FINE
    nodes, edges = kept.elements.nodes, kept.elements.edges
    degree: Counter[str] = Counter()
    for edge in edges:
        degree.update((edge.data.source, edge.data.target))
    print(f"{workspace.name}: {len(nodes)} nodes, {len(edges)} edges")
    for title, counted in (
        ("nodes", Counter(node.data.type for node in nodes)),
        ("edges", Counter(edge.data.type for edge in edges)),
    ):
        print(f"{title}: " + ", ".join(f"{count} {kind}" for kind, count in counted.most_common()))
    print("most connected:")
    for node_id, count in sorted(degree.items(), key=lambda item: (-item[1], item[0]))[:10]:
        print(f"  {count:4}  {node_id}")
    return FINE


def _neighbourhood(workspace: Workspace, node_id: str, as_json: bool) -> int:
    from nanochat_learn import workspace as verbs

    index = verbs.graph_index(workspace)
    node = index.node(node_id)
    if as_json:
        print(index.subgraph(index.neighbours(node_id)).model_dump_json(exclude_none=True))
        return FINE
    place = f"  ({node.file_path})" if node.file_path else ""
    print(f"{node.id}  [{node.type}]{place}")
    for edge in index.outgoing(node_id):
        print(f"  {edge.type} → {edge.target}  ({edge.file_path}:{edge.line})")
    for edge in index.incoming(node_id):
        print(f"  ← {edge.type} {edge.source}  ({edge.file_path}:{edge.line})")
    return FINE


def _gaps(arguments: argparse.Namespace) -> int:
    from nanochat_learn import workspace as verbs

    report = verbs.gaps(_indexed(arguments.dir))
    if arguments.json:
        print(json.dumps([gap.model_dump() for gap in report.gaps], indent=2, ensure_ascii=False))
    else:
        for gap in report.gaps:
            print(f"{gap.severity:7}  {_where(gap)}: {gap.message}")
        print(f"{report.errors} errors, {report.warnings} warnings")
    fails = report.errors and (arguments.check or arguments.strict)
    return FINDINGS if fails or (report.warnings and arguments.strict) else FINE


def _concept(arguments: argparse.Namespace) -> int:
    from nanochat_learn import workspace as verbs

    page = verbs.concept(_indexed(arguments.dir), arguments.id)
    if arguments.json:
        print(page.model_dump_json(indent=2))
        return FINE
    print(f"{page.title}  [{page.id}, {page.cluster}, {page.state}]\n{page.sentence}\n")
    if page.body:
        print(page.body.strip() + "\n")
    for title, near in (("simpler", page.simpler), ("deeper", page.deeper)):
        if near:
            print(f"{title}: " + ", ".join(one.id for one in near))
    for anchor in page.anchors:
        print(f"\n{anchor.file_path}:{anchor.line}  {anchor.label}\n{anchor.code}")
    return FINE


def _ask(arguments: argparse.Namespace) -> int:
    import asyncio

    from nanochat_learn import terminal
    from nanochat_learn import workspace as verbs
    from nanochat_learn.schema.tutor import AskRequest, ConversationId

    question = arguments.question.encode("utf-8", "replace").decode("utf-8")
    if len(question) > LONGEST_QUESTION:
        raise BadInput(
            f"The question has {len(question):,} signs, and {LONGEST_QUESTION:,} are allowed.",
            "Shorten it.",
        )
    talk = ConversationId(arguments.conversation) if arguments.conversation else None
    request = AskRequest(question=question, conversation=talk)
    workspace = _indexed(arguments.dir)

    async def ask() -> Failure | None:
        async with verbs.answering_model() as chosen:
            events = verbs.ask(workspace, request, chosen)
            if arguments.json:
                return await terminal.print_json(events)
            return await terminal.print_text(events, sys.stderr if sys.stderr.isatty() else None)

    failure = asyncio.run(ask())
    if failure is not None:
        _complain(f"{failure.sentence} {failure.hint}".strip())
    return COULD_NOT if failure is not None else FINE


def _search(arguments: argparse.Namespace) -> int:
    from nanochat_learn import workspace as verbs

    if arguments.batch is not None:
        return _search_batch(arguments)
    if arguments.question is None:
        raise BadInput("There is no question.", 'Try: nanochat-learn search "who calls norm?"')
    workspace = _searchable(arguments.dir, arguments.words)
    answer = verbs.search(workspace, arguments.question, arguments.k, words=arguments.words)
    if arguments.json:
        print(answer.model_dump_json(indent=2))
        return FINE
    if answer.reason:
        print(answer.reason + (" What comes nearest:" if answer.absent else ""))
    for hit in answer.results:
        place = f"{hit.file_path}:{hit.line}" if hit.line else (hit.file_path or "")
        print(f"{hit.score:5.2f}  {hit.label}  [{hit.type}]  {place}")
        if hit.why:
            print(f"       {hit.why}")
    return FINE


def _searchable(folder: str | None, words: bool) -> Workspace:
    """An indexed workspace with its vectors up to date; without them where there is no model."""
    from nanochat_learn import workspace as verbs

    workspace = _indexed(folder)
    if not words:
        show = _progress()
        try:
            verbs.embed(
                workspace,
                on_progress=show and (lambda s: show(s.embedded, s.total, s.embedder.label)),
            )
        except LearnError as error:
            _end_progress()
            _complain(f"{error} By words and graph only:")
        _end_progress()
    return workspace


def _search_batch(arguments: argparse.Namespace) -> int:
    """One line of JSON for each line read, in their order; an empty one is answered too."""
    from nanochat_learn import workspace as verbs

    # a question of its own has no place beside a file of them: the first word is the folder
    workspace = _searchable(arguments.dir or arguments.question, arguments.words)
    fields = {"id", "score", "type", "label", "file_path", "line"}
    with contextlib.ExitStack() as stack:
        if arguments.batch == "-":
            lines = sys.stdin
        else:
            try:
                lines = stack.enter_context(Path(arguments.batch).open(encoding="utf-8"))
            except OSError as error:
                raise BadInput(
                    f"{arguments.batch} cannot be read: {error.strerror}.", "Give a file, or -."
                ) from error
        for line in lines:
            query = line.strip()
            try:
                answer = verbs.search(workspace, query, arguments.k, words=arguments.words)
                said = answer.model_dump(include={"query", "absent", "reason"})
                results = [hit.model_dump(include=fields) for hit in answer.results]
            except BadInput as error:
                said, results = {"query": query, "absent": True, "reason": str(error)}, []
            print(json.dumps(said | {"results": results}, ensure_ascii=False), flush=True)
    return FINE


def _trace(arguments: argparse.Namespace) -> int:
    return trace_commands.run(_workspace(None), arguments)


def _progressed(arguments: argparse.Namespace) -> int:
    return progress_commands.run(_workspace(getattr(arguments, "dir", None)), arguments)


def _lab(arguments: argparse.Namespace, extra: list[str]) -> int:
    from nanochat_learn import workspace as verbs
    from nanochat_learn.shipping import prepare

    folder = Path(arguments.dir or ".")
    for sentence in prepare(folder, lessons=True).sentences():
        print(sentence)
    workspace = open_workspace(folder)
    with contextlib.suppress(Busy):  # another JupyterLab on this folder is indexing it right now
        verbs.index(workspace, on_progress=_progress())
    _end_progress()
    start = "lessons/00_start_here.ipynb"
    command = [
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.root_dir={workspace.root}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        *([f"--LabApp.default_url=/lab/tree/{start}"] if (workspace.root / start).exists() else []),
        *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        *(["--no-browser"] if arguments.no_browser else []),
        *extra,
    ]
    # Asks about news, updates and rebuilding of JupyterLab: not a newcomer's first questions.
    calm = str(Path(__file__).with_name("lab_config"))
    paths = filter(None, (os.environ.get("JUPYTER_CONFIG_PATH"), calm))
    environment = os.environ | {"JUPYTER_CONFIG_PATH": os.pathsep.join(paths)}
    server = subprocess.Popen(command, env=environment)
    # Ctrl-C reaches Jupyter by itself (same terminal); a supervisor's signal is passed on.
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    while True:
        try:
            return FINE if server.wait() in (0, -signal.SIGTERM) else COULD_NOT
        except KeyboardInterrupt:
            continue  # Jupyter asks whether to stop


def _doctor(arguments: argparse.Namespace) -> int:
    from nanochat_learn.doctor import examine

    findings = examine(Path.cwd())
    if arguments.json:
        print(json.dumps([finding._asdict() for finding in findings], indent=2))
    else:
        for finding in findings:
            print(f"{'ok     ' if finding.ok else 'MISSING'} {finding.name}: {finding.says}")
            if not finding.ok:
                print(f"        mend: {finding.mend}")
    return FINE if all(finding.ok for finding in findings) else FINDINGS


def _workspace(folder: str | None) -> Workspace:
    """The named folder, else the workspace around the working directory, else that directory."""
    if folder is not None:
        return open_workspace(Path(folder))
    return find_workspace(Path.cwd()) or open_workspace(Path.cwd())


def _indexed(folder: str | None) -> Workspace:
    """A workspace whose graph is up to date: asking a question never needs a first command."""
    from nanochat_learn import workspace as verbs

    workspace = _workspace(folder)
    verbs.index(workspace, on_progress=_progress())
    _end_progress()
    return workspace


def _where(gap: Gap) -> str:
    place = f"{gap.file_path}:{gap.line}" if gap.line else gap.file_path
    return f"{place} (cell {gap.cell})" if gap.cell else place


def _progress() -> Callable[[int, int, str], None] | None:
    """A bar on a terminal; nothing when the output is piped."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int, path: str) -> None:
        if done % 20 == 0 or done == total:
            width = 24 * done // max(total, 1)
            bar = "█" * width + "░" * (24 - width)
            print(f"\r{bar} {done}/{total} {path[-40:]:40}", end="", file=sys.stderr, flush=True)

    return show


def _end_progress() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def _complain(sentence: str) -> None:
    print(f"nanochat-learn: {sentence}", file=sys.stderr)


_VERBS = {
    "index": _index,
    "graph": _graph,
    "gaps": _gaps,
    "concept": _concept,
    "ask": _ask,
    "search": _search,
    "trace": _trace,
    "progress": _progressed,
    "doctor": _doctor,
}

if __name__ == "__main__":
    sys.exit(main())
