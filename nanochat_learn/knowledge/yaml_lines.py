"""YAML text → plain values, and the line on which each of them stands.

Every scalar stays the text it was written as: ``checked: 123456789012`` is a hash, not a
number, and ``no`` is a word. Aliases and repeated keys are refused; the files read
here have no use for them, and both hide mistakes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from nanochat_learn.knowledge.unclear import Unclear

if TYPE_CHECKING:
    import yaml

Value: TypeAlias = "str | list[Value] | dict[str, Value]"


_NO_LINE_ENDS = dict.fromkeys((0x85, 0x2028, 0x2029), " ")
"""YAML ends a line at these signs and editors do not: the lines we name would be wrong."""


class YamlText(NamedTuple):
    value: Value
    lines: dict[tuple[str | int, ...], int]
    """Path to a value, for example ``("concepts", 3, "title")`` → line in the file."""


def read_yaml(text: str, first_line: int = 1) -> YamlText:
    """Parse ``text``, whose first line is line ``first_line`` of its file; raises ``Unclear``."""
    import yaml  # only here: most runs find nothing changed and never need it

    text = text.translate(_NO_LINE_ENDS)
    lines: dict[tuple[str | int, ...], int] = {}
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        value: Value = "" if node is None else _plain(node, (), first_line, lines, set())
    except yaml.MarkedYAMLError as error:
        problem = error.problem or "the text ends too early"
        mark = error.problem_mark or error.context_mark
        if "end of stream" in problem:  # a quote or bracket never closed: say where it opens
            mark = error.context_mark or mark
        line = first_line + (mark.line if mark else 0)
        raise Unclear(
            f"This is not valid YAML: {problem}. Check quotes, colons and indentation there.", line
        ) from error
    except yaml.YAMLError as error:  # for example a control character
        reason = str(error).partition("\n")[0].rstrip(".")
        raise Unclear(
            f"This is not valid YAML: {reason}. Remove that character.", first_line
        ) from error
    except RecursionError as error:
        raise Unclear("This YAML is nested too deeply. Flatten it.", first_line) from error
    return YamlText(value, lines)


def _plain(
    node: yaml.Node,
    path: tuple[str | int, ...],
    first_line: int,
    lines: dict[tuple[str | int, ...], int],
    seen: set[int],
) -> Value:
    from yaml import MappingNode, SequenceNode

    line = first_line + node.start_mark.line
    lines.setdefault(path, line)
    if id(node) in seen:  # the same node met twice: an alias
        sentence = "YAML aliases (*name) are not read here. Write the value out."
        raise Unclear(sentence, lines[path])
    seen.add(id(node))
    if isinstance(node, SequenceNode):
        return [
            _plain(item, (*path, index), first_line, lines, seen)
            for index, item in enumerate(node.value)
        ]
    if isinstance(node, MappingNode):
        mapping: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            key_line = first_line + key_node.start_mark.line
            if key in mapping:
                raise Unclear(f"`{key}` stands twice. Keep one of them.", key_line)
            lines[(*path, key)] = key_line
            mapping[key] = _plain(value_node, (*path, key), first_line, lines, seen)
        return mapping
    return str(node.value)
