"""Every lesson keeps the contract of docs/lessons.md: measures, items, order, words.

A lesson without items (a tour, such as 00_start_here) is held to the measures of text and to the
words alone. Whether a lesson runs and its checks judge rightly is tested in tests/lessons.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

sys.path.insert(0, str(Path(__file__).parents[1]))
from lesson_parts import LessonParts, read_lesson
from lesson_terms import Terms, passages, without_code
from make_lessons import LESSONS, SOURCES

from nanochat_learn.schema.learner import LessonItem

NOTES, WRONG = Path("docs/knowledge_base"), Path("tests/lessons")
WORDS, TEXT_WORDS, CODE_LINES, WITHOUT_DOING, CELLS_PER_PICTURE = 900, 60, 12, 150, 5
HEADER = (
    "id", "title", "cluster", "concepts", "needs", "minutes", "difficulty", "objectives", "items",
)  # fmt: skip
LIVE = {"picture", "explore"}
ASKING = {"predict", "quiz", "set_up"}
"""A cell with one of these, or with an exercise, does not tell anything and needs no picture."""
NO_VERB = re.compile(r"(You|The|A|An|This|How|What|Why|Objective|Understanding)\b|[a-z]")
FORBIDDEN = re.compile(r"\b(simply|just|obviously|color|colors)\b", re.IGNORECASE)
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")


@dataclass(frozen=True)
class Course:
    """What a lesson is judged against."""

    terms: Terms
    needs: Mapping[str, tuple[str, ...]]
    """Of every concept: those that come before it."""
    clusters: frozenset[str]
    taught: Mapping[str, str]
    """Concept → the first lesson that teaches it."""
    wrong: Path = WRONG


def words(text: str) -> int:
    return sum(bool(re.search(r"\w", word)) for word in without_code(text).split()) + sum(
        len(code.split()) for code in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)
    )


def measures(lesson: LessonParts) -> Iterator[str]:
    total = since = 0
    for cell in lesson.cells:
        if cell.is_code:
            since = 0
            lines = sum(bool(line.strip()) for line in cell.source.split("\n"))
            if lines > CODE_LINES:
                yield f"cell {cell.number} has {lines} lines of code, at most {CODE_LINES}"
            continue
        count = words(cell.source)
        total, since = total + count, since + count
        if count > TEXT_WORDS:
            yield f"cell {cell.number} has {count} words, at most {TEXT_WORDS}"
        if since > WITHOUT_DOING:
            yield f"cell {cell.number}: {since} words with nothing to do, at most {WITHOUT_DOING}"
            since = 0
    if total > WORDS:
        yield f"{total} words in all, at most {WORDS}"


def pictures(lesson: LessonParts) -> Iterator[str]:
    shown = telling = 0
    for cell in lesson.cells:
        called = {name for name, _ in cell.calls}
        telling += not (cell.exercise or called & ASKING)
        shown += sum(name in LIVE for name, _ in cell.calls)
        for caption, target in PICTURE.findall("" if cell.is_code else cell.source):
            shown += 1
            if not (lesson.path.parent / target).is_file():
                yield f"cell {cell.number}: {target} does not exist; draw the still first"
            if not caption.strip():
                yield f"cell {cell.number}: the picture {target} has no caption"
    if lesson.items and shown < (wanted := telling // CELLS_PER_PICTURE):
        yield f"{shown} pictures for {telling} cells that tell; {wanted} are wanted, one in five"


def language(lesson: LessonParts) -> Iterator[str]:
    for place, text, _ in passages(lesson):
        prose = without_code(text)
        for match in FORBIDDEN.finditer(prose):
            yield f"{place}: do without the word “{match.group()}”"
        if "!" in prose:
            yield f"{place}: no exclamation mark"


def header(lesson: LessonParts, course: Course) -> Iterator[str]:
    given = lesson.header
    if missing := [key for key in HEADER if key not in given]:
        yield f"the header lacks {', '.join(missing)}"
        return
    if given["id"] != lesson.id:
        yield f"the header says {given['id']}, the file {lesson.id}"
    if given["cluster"] not in course.clusters:
        yield f"there is no cluster {given['cluster']}"
    if not (isinstance(given["minutes"], int) and 5 <= given["minutes"] <= 45):
        yield "minutes must be a whole number from 5 to 45"
    if given["difficulty"] not in (1, 2, 3, 4, 5):
        yield "difficulty must be 1 to 5"
    objectives = given["objectives"] or []
    if not 2 <= len(objectives) <= 3:
        yield f"{len(objectives)} objectives; two or three are wanted"
    for sentence in objectives:
        if NO_VERB.match(str(sentence)):
            yield f"the objective “{sentence}” does not begin with a verb"
    try:
        TypeAdapter(list[LessonItem]).validate_python(given["items"])
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        yield f"items: {place}: {first['msg']}"


def order(lesson: LessonParts, course: Course) -> Iterator[str]:
    own = list(lesson.header.get("concepts") or ())
    for concept in (*own, *(lesson.header.get("needs") or ())):
        if concept not in course.needs:
            yield f"there is no concept {concept}"
    wanted = [
        *(lesson.header.get("needs") or ()),
        *(n for c in own for n in course.needs.get(c, ())),
    ]
    for concept in dict.fromkeys(wanted):
        if concept in own:
            continue
        if course.taught.get(concept, "99") > lesson.id:
            yield f"needs {concept}, which no earlier lesson teaches"


def items(lesson: LessonParts, course: Course) -> Iterator[str]:
    listed = [(item.get("kind"), item.get("id")) for item in lesson.items]
    done = [(kind, name) for kind, name, _ in lesson.done()]
    beside = {
        "prediction": list(lesson.questions.predictions),
        "exercise": list(lesson.exercises),
        "quiz": list(lesson.questions.quizzes),
    }
    if listed != done:
        yield f"the header lists {_names(listed)}, but the cells ask {_names(done)}"
    for kind, names in beside.items():
        asked = [name for which, name in done if which == kind]
        if sorted(names) != sorted(asked):
            yield f"checks/ describes the {kind} {sorted(names)}, but the cells ask {sorted(asked)}"
    counts = Counter(kind for kind, _ in listed)
    for kind, least, most in (("prediction", 1, 4), ("exercise", 2, 4), ("quiz", 3, 3)):
        if not least <= counts[kind] <= most:
            yield f"{counts[kind]} × {kind}; {least} to {most} are wanted"
    exercises = [item for item in lesson.items if item.get("kind") == "exercise"]
    if exercises and all(item.get("stretch") for item in exercises):
        yield "every exercise is a stretch; one must be the core"
    if exercises and not any(item.get("stretch") for item in exercises):
        yield "no exercise is marked `stretch: true`"
    quizzes = {c for item in lesson.items if item.get("kind") == "quiz" for c in item["concepts"]}
    earlier = {concept for concept, where in course.taught.items() if where < lesson.id}
    if earlier and quizzes and not quizzes & earlier:
        yield "no question comes from an earlier lesson"


def _names(pairs: Iterable[tuple[Any, Any]]) -> str:
    return ", ".join(str(name) for _, name in pairs) or "nothing"


def cells(lesson: LessonParts) -> Iterator[str]:
    code = [cell for cell in lesson.cells if cell.is_code]
    if code and ("set_up", lesson.id) not in code[0].calls:
        yield f'the first code cell does not call set_up("{lesson.id}")'
    exercises = {name: number for kind, name, number in lesson.done() if kind == "exercise"}
    marked = {cell.exercise: cell.number for cell in code if cell.exercise}
    for name in sorted(exercises.keys() ^ marked.keys()):
        yield f'the exercise {name} needs a cell `# %% exercise="{name}"` and a call of check'
    for name in exercises.keys() & marked.keys():
        if exercises[name] < marked[name]:
            yield f"{name} is checked before its cell"
    shown = {text: c.number for c in reversed(code) for call, text in c.calls if call == "reveal"}
    for kind, name, number in lesson.done():
        if kind == "prediction" and shown.get(name, 0) <= number:
            yield f"cell {number}: the prediction {name} is never revealed after it was asked"
    if not any(call == "compare" for cell in code for call, _ in cell.calls):
        yield "no cell compares a toy with the real code"
    if not any(call == "explore" for cell in code for call, _ in cell.calls):
        yield "no cell lets the learner explore"
    text = "\n".join(cell.source for cell in lesson.cells if not cell.is_code)
    for wanted in ("Next", "Still a simplification"):
        if not re.search(rf"^#+ {wanted}\b|\*\*{wanted}", text, re.MULTILINE):
            yield f"the part “{wanted}” is missing"


def checks(lesson: LessonParts, course: Course) -> Iterator[str]:
    for fault in lesson.questions.problems:
        yield f"checks/{lesson.id}.yaml, line {fault.line}: {fault.sentence}"
    for name, exercise in lesson.exercises.items():
        if len(exercise.hints) != 3 or not all(exercise.hints):
            yield f"the exercise {name} has {len(exercise.hints)} hints, not three"
        if not (exercise.has_check and exercise.has_reference):
            yield f"the exercise {name} needs a check and a reference"
        files = sorted((course.wrong / lesson.id).glob(f"wrong_{name}_*.py"))
        said = [file.read_text(encoding="utf-8").split("\n", 1)[0] for file in files]
        if len(files) < 3:
            yield f"{len(files)} wrong solutions of {name} in {course.wrong / lesson.id}, not three"
        if any(not re.match(r"# says: \S", line) for line in said):
            yield f"a wrong solution of {name} does not begin with `# says: …`"
        if len(set(said)) < len(said):
            yield f"two wrong solutions of {name} get the same message"


def faults(lesson: LessonParts, course: Course) -> Iterator[str]:
    """Everything that breaks the contract, but for terms."""
    yield from measures(lesson)
    yield from pictures(lesson)
    yield from language(lesson)
    if not lesson.items and "items" not in lesson.header:
        return
    yield from header(lesson, course)
    yield from order(lesson, course)
    yield from items(lesson, course)
    yield from cells(lesson)
    yield from checks(lesson, course)


def course_of(lessons: Iterable[LessonParts], notes: Path = NOTES, wrong: Path = WRONG) -> Course:
    planned = yaml.safe_load((notes / "clusters.yaml").read_text(encoding="utf-8"))
    needs = {c["id"]: tuple(c.get("needs") or ()) for c in planned["concepts"]}
    for note in notes.glob("*.md"):
        front = yaml.safe_load(note.read_text(encoding="utf-8").split("---")[1])
        needs[front["id"]] = tuple(front.get("needs") or ())
    taught: dict[str, str] = {}
    for lesson in sorted(lessons, key=lambda one: one.id):
        for concept in (lesson.header.get("concepts") or ()) if lesson.items else ():
            taught.setdefault(concept, lesson.id)
    glossary = yaml.safe_load((notes / "glossary.yaml").read_text(encoding="utf-8"))
    terms = Terms(glossary, [c["title"] for c in planned["concepts"]])
    clusters = frozenset(cluster["id"] for cluster in planned["clusters"])
    return Course(terms, needs, clusters, taught, wrong)


def main(home: Path = SOURCES) -> int:
    lessons, wrong = [], []
    for source in sorted(home.glob(LESSONS)):
        try:
            lessons.append(read_lesson(source))
        except (ValueError, SyntaxError, yaml.YAMLError) as error:
            wrong.append(f"{source}: cannot be read: {error}")
    course = course_of(lessons)
    known: set[str] = set()
    for lesson in lessons:
        found = list(faults(lesson, course))
        for place, word in course.terms.unexplained(lesson, known if lesson.items else set(known)):
            if lesson.items:
                found.append(f"{place}: “{word}” is used before it is explained (in bold)")
        wrong += [f"{lesson.path}: {fault}" for fault in found]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
