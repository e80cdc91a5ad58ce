"""All files' facts → links between them: who calls, imports, inherits, overrides whom.

Pure and deterministic. Names are followed through imports, aliases and re-exports, through
``self`` and through attributes whose class is known. What cannot be known without running
the code (a call on some local variable) yields no link rather than a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nanochat_learn.indexer.facts import FileFacts, Link, LinkKind, Symbol, new_link

_Place = tuple[str, int, str | None, int]
"""path, line, cell, how often."""
_Meaning = tuple[LinkKind, str]
"""The kind of link that a call makes, and the id of the node it goes to."""
_DEEPEST = 12
"""Re-exports and inheritance are followed this far: enough for code, and an end for cycles."""


def join(files: Mapping[str, FileFacts]) -> list[Link]:
    """Links of all files, sorted, one per (kind, source, target) with its first place."""
    return _Join(files).links()


class _Join:
    def __init__(self, files: Mapping[str, FileFacts]) -> None:
        self._files = files
        self._modules = _modules(files)
        self._symbols: dict[str, dict[str, Symbol]] = {
            path: {symbol.qualname: symbol for symbol in facts.symbols}
            for path, facts in files.items()
        }
        self._bases: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._known: dict[tuple[str, str], tuple[str, str] | str | None] = {}
        self._links: dict[tuple[LinkKind, str, str], _Place] = {}

    def links(self) -> list[Link]:
        for path, facts in self._files.items():
            for symbol in facts.symbols:
                if symbol.kind == "class":
                    self._inherits(path, symbol)
        for path, facts in self._files.items():
            self._references(path, facts)
            self._overrides(path, facts)
        return sorted(
            new_link((kind, source, target, *place))
            for (kind, source, target), place in self._links.items()
        )

    def _add(self, kind: LinkKind, source: str, target: str, place: _Place) -> None:
        if source == target and kind == "imports":
            return
        key = (kind, source, target)
        kept = self._links.get(key)
        if kept is not None:  # the first place, and both counts
            first = kept if kept[:2] <= place[:2] else place
            place = (*first[:3], kept[3] + place[3])
        self._links[key] = place

    def _references(self, path: str, facts: FileFacts) -> None:
        """Most names mean the same all over a file, and most ``self.x`` all over a class: what
        was found once is looked up."""
        symbols = self._symbols[path]
        inner = {qualname.rpartition(".")[2] for qualname in symbols if "." in qualname}
        all_over: dict[str, _Meaning | None] = {}
        of_class: dict[str, dict[str, _Meaning | None]] = {}
        add, links = self._add, self._links
        around, source, of_self = None, path, all_over
        for kind, scope, name, line, times, cell in facts.references:
            if kind == "import":
                for target in self._imported(name):
                    add("imports", path, target, (path, line, cell, times))
                continue
            if scope != around:  # the references of one scope stand together
                around = scope
                source = f"{path}:{scope}" if scope in symbols else path
                of_self = of_class.setdefault(self._class_around(path, scope), {})
            first = name.partition(".")[0]
            if first in ("self", "cls") and first != name:
                known = of_self
            elif first in inner:
                known = {}
            else:
                known = all_over
            if name in known:
                meaning = known[name]
            else:
                meaning = known[name] = self._meaning(path, scope, name)
            if meaning is None:
                continue
            key = (meaning[0], source, meaning[1])
            if key in links:
                add(*key, (path, line, cell, times))
            else:
                links[key] = (path, line, cell, times)

    def _meaning(self, path: str, scope: str, name: str) -> _Meaning | None:
        """What a call of ``name`` is: which kind of link, to which node."""
        found = self._resolve(path, scope, name)
        if found is None or isinstance(found, str):
            return ("calls", found) if found else None
        symbol = self._symbols[found[0]].get(found[1])
        if symbol is None:
            return None
        return "instantiates" if symbol.kind == "class" else "calls", f"{found[0]}:{found[1]}"

    def _imported(self, name: str) -> Iterator[str]:
        module, colon, attribute = name.partition(":")
        whole = (
            f"{module}.{attribute}"
            if module and attribute not in ("", "*")
            else module or attribute
        )
        if colon and whole in self._modules:
            yield self._modules[whole]
        elif module in self._modules:
            yield self._modules[module]
        elif module:
            yield f"external:{module}"

    def _inherits(self, path: str, symbol: Symbol) -> None:
        outer = symbol.qualname.rpartition(".")[0]
        own = self._bases.setdefault((path, symbol.qualname), [])
        for base in symbol.bases:
            found = self._resolve(path, outer, base)
            if found is None:
                continue
            if not isinstance(found, str):
                if found[1] not in self._symbols[found[0]] or found == (path, symbol.qualname):
                    continue
                own.append(found)
                found = f"{found[0]}:{found[1]}"
            place = (path, symbol.line, symbol.cell, 1)
            self._add("inherits", f"{path}:{symbol.qualname}", found, place)

    def _overrides(self, path: str, facts: FileFacts) -> None:
        for symbol in facts.symbols:
            owner, _, name = symbol.qualname.rpartition(".")
            if symbol.kind != "function" or not self._bases.get((path, owner)):
                continue
            for base in self._bases[path, owner]:
                found = self._member(*base, name)
                if found is not None:
                    place = (path, symbol.line, symbol.cell, 1)
                    target = f"{found[0]}:{found[1]}"
                    self._add("overrides", f"{path}:{symbol.qualname}", target, place)
                    break

    def _member(self, path: str, owner: str, name: str, depth: int = 0) -> tuple[str, str] | None:
        """A class's own or inherited member."""
        if f"{owner}.{name}" in self._symbols[path]:
            return path, f"{owner}.{name}"
        if depth < _DEEPEST:
            for base in self._bases.get((path, owner), ()):
                found = self._member(*base, name, depth + 1)
                if found is not None:
                    return found
        return None

    def _resolve(self, path: str, scope: str, name: str) -> tuple[str, str] | str | None:
        """What ``name`` means in a scope: (path, qualname), an ``external:`` id, or None."""
        first, dot, rest = name.partition(".")
        if first in ("self", "cls") and dot:
            return self._of_self(path, scope, rest)
        symbols = self._symbols[path]
        outer = scope
        while outer:
            inside = symbols.get(outer)
            # names of a class body are seen by that body alone, not by its methods
            if inside is not None and (inside.kind == "function" or outer == scope):
                qualname = f"{outer}.{first}"
                if qualname in symbols:
                    return self._down(path, qualname, rest)
            outer = outer.rpartition(".")[0]
        if first in symbols:
            return self._down(path, first, rest)
        target = self._files[path].aliases.get(first)
        if target is None:
            return None
        return self._dotted(f"{target}.{rest}" if rest else target, path)

    def _class_around(self, path: str, scope: str) -> str:
        """The innermost class around a scope, "" when there is none."""
        symbols = self._symbols[path]
        while scope and (scope not in symbols or symbols[scope].kind != "class"):
            scope = scope.rpartition(".")[0]
        return scope

    def _of_self(self, path: str, scope: str, rest: str) -> tuple[str, str] | str | None:
        owner = self._class_around(path, scope)
        if not owner:
            return None
        name, dot, more = rest.partition(".")
        if not dot:
            return self._member(path, owner, name)
        made_from = self._files[path].attributes.get(f"{owner}.{name}")
        if made_from is None or made_from.startswith(("self.", "cls.")) or "." in more:
            return None
        found = self._resolve(path, owner, made_from)
        return self._member(*found, more) if isinstance(found, tuple) else None

    def _down(self, path: str, qualname: str, rest: str) -> tuple[str, str] | None:
        for name in rest.split(".") if rest else ():
            found = self._member(path, qualname, name)
            if found is None:
                return None
            path, qualname = found
        return path, qualname

    def _dotted(self, name: str, path: str, depth: int = 0) -> tuple[str, str] | str | None:
        """An absolute dotted name: through our modules and their re-exports, else external."""
        key = (name, path if name.partition(".")[0] not in self._modules else "")
        if key in self._known:
            return self._known[key]
        self._known[key] = None  # an import cycle ends here
        found = self._look_up(name, depth)
        self._known[key] = found
        return found

    def _look_up(self, name: str, depth: int) -> tuple[str, str] | str | None:
        parts = name.split(".")
        for cut in range(len(parts), 0, -1):
            path = self._modules.get(".".join(parts[:cut]))
            if path is None:
                continue
            rest = parts[cut:]
            if not rest:
                return path, ""
            if rest[0] in self._symbols[path]:
                return self._down(path, rest[0], ".".join(rest[1:]))
            alias = self._files[path].aliases.get(rest[0])
            if alias is not None and depth < _DEEPEST:
                return self._dotted(".".join([alias, *rest[1:]]), path, depth + 1)
            return None
        return f"external:{name}"


def _modules(files: Mapping[str, FileFacts]) -> dict[str, str]:
    """Dotted module name → path. A file under ``src/`` is also known without it."""
    modules: dict[str, str] = {}
    for path in sorted(files):
        if not path.endswith(".py"):
            continue
        name = path[:-3].removesuffix("/__init__").replace("/", ".")
        modules.setdefault(name, path)
        if name.startswith("src."):
            modules.setdefault(name[4:], path)
    return modules
