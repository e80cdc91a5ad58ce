"""What kind of question is this, and about what? By the wording alone; names are not looked up.

A question whose wording fits no pattern is ``open``. A pattern that fits by accident does no
harm: where the thing asked about is not in the graph, the question is answered as an open one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from nanochat_learn.schema.search import Intent


@dataclass(frozen=True, slots=True)
class Asked:
    """``subject`` is the phrase that names the thing. ``sure``: the wording leaves no doubt
    that a thing of the code is meant, so that its absence is an answer."""

    intent: Intent
    subject: str
    sure: bool = True
    outward: bool = False
    """For imports: what X imports, instead of who imports X."""
    tests: bool = False
    """Tests are asked for."""


_WHO: Final = (
    r"(?:who|what|which|whose|where|(?:list|show|find|give)(?: me)?)"
    r"(?: (?:all|every|the|other|else|of|code|parts?|pieces?|things?|functions?|methods?|class(?:es)?"
    r"|files?|modules?|scripts?|places?|lines?|callers?|tests?|else|that|which))*"
)
_MAY: Final = r"(?: (?:do|does|did|can|could|would|will|might|may|should|else|all|directly|ever))*"
_X: Final = r"(?P<x>.+?)"
_END: Final = (
    r"(?: (?:in|from|across|inside|within)"
    r" (?:the|this|our) (?:code(?: ?base)?|project|repo(?:sitory)?|program))?"
    r"(?: anywhere| directly| at all| too)?$"
)
_CALL: Final = (
    r"(?:calls?|calling|uses?|using|invokes?|invoking|makes?|creates?|builds?|instantiates?"
    r"|constructs?|runs?|triggers?|references?|refers? to|needs?|relies on|rely on|executes?)"
)
_CALLED: Final = (
    r"(?:called|used|invoked|made|created|built|instantiated|constructed|run|referenced|needed"
    r"|executed|triggered)"
)
_CHANGE: Final = (
    r"(?:chang(?:e|ed|es|ing)|edit(?:ed|ing|s)?|modif(?:y|ied|ies|ying)|remov(?:e|ed|es|ing)"
    r"|delet(?:e|ed|es|ing)|renam(?:e|ed|es|ing)|touch(?:ed|es|ing)?|break(?:s|ing)?|broke"
    r"|rewr(?:ite|ote|iting)|replac(?:e|ed|es|ing)|alter(?:ed|s|ing)?|drop(?:ped|s|ping)?)"
)
_SUFFER: Final = (
    r"(?:breaks?|fails?|stops? working|(?:is|be|are|gets?) (?:affected|broken|impacted)|changes?"
    r"|suffers?|depends?|goes wrong|go wrong|happens?)"
)

_PATTERNS: Final[tuple[tuple[Intent, str, dict[str, bool]], ...]] = (
    # what breaks if X changes
    (
        "impact",
        rf"(?:what|which|who)(?: \w+){{0,2}}?{_MAY} {_SUFFER}(?: \w+)? (?:if|when|once|after)"
        rf" (?:(?:i|we|you|one|someone|somebody|they) )?(?:were to )?{_CHANGE} {_X}$",
        {},
    ),
    (
        "impact",
        rf"(?:what|which|who)(?: \w+){{0,2}}?{_MAY} {_SUFFER}(?: \w+)? (?:if|when|once|after)"
        rf" {_X} (?:is |are |was |were |gets? |has been )?(?:{_CHANGE}|breaks|different)$",
        {},
    ),
    (
        "impact",
        rf"(?:if|when) (?:i|we|you|one|someone|somebody) {_CHANGE} {_X},? (?:then )?(?:what|which|who)\b.*$",
        {},
    ),
    (
        "impact",
        rf"(?:what (?:is|are|would be) )?(?:the )?(?:impact|effects?|consequences?|blast radius)"
        rf" of (?:{_CHANGE} )?{_X}$",
        {"sure": False},
    ),
    ("impact", rf"(?:is it safe|can i|may i) (?:to )?{_CHANGE} {_X}$", {"sure": False}),
    ("impact", rf"(?:what|which|who)(?: \w+){{0,2}}?{_MAY} depends? on {_X}{_END}", {}),
    # what inherits from X
    (
        "subclasses",
        rf"{_WHO}{_MAY} (?:(?:are|is) )?(?:inherit(?:s|ing)?(?: from)?|extend(?:s|ing)?"
        rf"|subclass(?:es|ing)?|deriv(?:e|es|ed|ing)(?: from)?|based on|built (?:up)?on|builds? on"
        rf"|implements?|overrid(?:e|es|ing)|speciali[sz]es?) {_X}{_END}",
        {},
    ),
    (
        "subclasses",
        rf"(?:(?:what|which|who) (?:are|is)|(?:list|show|find)(?: me)?)?(?: ?(?:all|the|every))*"
        rf" ?(?:subclass(?:es)?|sub-?types?|child(?:ren)?(?: class(?:es)?)?|derived class(?:es)?"
        rf"|descendants?|implementations?|kinds) of {_X}$",
        {"sure": False},
    ),
    (
        "subclasses",
        rf"(?:what|which|does) (?:subclass(?:es)?|children|implementations) (?:does )?{_X} (?:has|have)$",
        {},
    ),
    # what X inherits from
    (
        "bases",
        rf"(?:what|which class(?:es)?|who|which) (?:does|do|did) {_X}"
        r" (?:inherit|extend|derive|subclass|override|implement|build on)(?: from)?$",
        {},
    ),
    (
        "bases",
        rf"(?:(?:what|which|who) (?:are|is)|(?:show|find)(?: me)?)?(?: ?(?:all|the))* ?(?:base(?:s| class(?:es)?)?"
        rf"|parents?(?: class(?:es)?)?|super-?class(?:es)?|ancestors?) of {_X}$",
        {},
    ),
    (
        "bases",
        rf"(?:what|which class|which|what class) is {_X} (?:based on|derived from|a subclass of"
        r"|a child of|built on|a kind of|inherited from)$",
        {},
    ),
    # who imports X, what X imports
    ("imports", rf"{_WHO}{_MAY} imports? {_X}{_END}", {}),
    ("imports", rf"(?:where is|importers of) {_X} imported{_END}", {}),
    ("imports", rf"importers of {_X}$", {}),
    ("imports", rf"(?:what|which \w+) (?:does|do) {_X} import$", {"outward": True}),
    ("imports", rf"(?:list |show )?(?:the )?imports of {_X}$", {"outward": True}),
    # what X calls
    (
        "callees",
        rf"(?:what|which|whom|who)(?: (?:other|functions?|methods?|class(?:es)?|code|things?|parts?))*"
        rf" (?:does|do|did|is|are) {_X}"
        r" (?:call|calls|use|uses|using|invoke|make|create|instantiate|construct|depend on|depends on"
        r"|rely on|need|calling|run)$",
        {},
    ),
    (
        "callees",
        rf"(?:what|which)(?: (?:other|functions?|methods?|class(?:es)?|code|things?))* (?:is|are|gets?)"
        rf" {_CALLED} (?:by|in|inside|from|within) {_X}$",
        {},
    ),
    ("callees", rf"(?:list |show )?(?:the |all )?(?:callees|dependencies) of {_X}$", {}),
    # who calls X
    ("callers", rf"which tests? (?:cover|test|check|exercise)s? {_X}$", {"tests": True}),
    ("callers", rf"(?:where|how) is {_X} tested$", {"tests": True}),
    ("callers", rf"{_WHO}{_MAY} {_CALL} {_X}{_END}", {}),
    (
        "callers",
        rf"(?:where|from where|when|by whom|by what|in (?:which|what) (?:files?|places?)|how often) (?:is|are|does|gets?)"
        rf" {_X} (?:get )?(?:being )?{_CALLED}{_END}",
        {},
    ),
    (
        "callers",
        rf"(?:who|what|which \w+) (?:is|are) {_X} {_CALLED} by$",
        {},
    ),
    (
        "callers",
        rf"(?:where|from where) (?:do|does|did) (?:we|i|you|they|it|the code|the model|the program) {_CALL} {_X}{_END}",
        {"sure": False},
    ),
    (
        "callers",
        rf"(?:list |show |find )?(?:me )?(?:all |the |every )*(?:callers?|users|usages?|uses|references|call sites)"
        rf" (?:of|to|for) {_X}$",
        {"sure": False},
    ),
    ("callers", rf"is {_X} (?:ever )?(?:called|used|invoked) anywhere$", {}),
    # what is in X
    (
        "contents",
        rf"(?:what|which|list|show)(?: me)?(?: (?:is|are|all|the|functions?|methods?|class(?:es)?|things?|members|stands|lives))*"
        rf" (?:in|inside|within) {_X}$",
        {"sure": False},
    ),
    (
        "contents",
        rf"(?:what|which)(?: (?:functions?|methods?|class(?:es)?|members|attributes))* (?:does|do) {_X}"
        r" (?:contain|define|hold|have|offer|provide|include|consist of|export)$",
        {"sure": False},
    ),
    (
        "contents",
        rf"(?:list |show )?(?:me )?(?:all |the )*(?:contents?|methods|members|functions|classes) (?:of|in|inside) {_X}$",
        {"sure": False},
    ),
    (
        "contents",
        rf"(?:what|which) (?:functions?|methods?|class(?:es)?) (?:are|is) (?:there )?(?:defined )?in {_X}$",
        {},
    ),
    # the thing itself
    (
        "symbol",
        rf"(?:where|in (?:which|what) file|on (?:which|what) line) (?:is|are|was|can i find|do i find|does|do|can i see|lives?)"
        rf" {_X} (?:defined|declared|implemented|written(?: down)?|located|found|live|lives|stand|coded)$",
        {"sure": False},
    ),
    (
        "symbol",
        rf"(?:where (?:is|are|can i find|do i find|lives?)|show(?: me)?|find(?: me)?|open|go to|goto|jump to"
        rf"|look at|what (?:is|are)|what's|explain(?: to me)?|describe|tell me about"
        rf"|(?:the )?(?:definition|source|code|docs?|docstring|signature) (?:of|for)) {_X}$",
        {"sure": False},
    ),
    (
        "symbol",
        rf"(?:what does|how does|why does|what do) {_X} (?:do|mean|work|return|exist|look like)(?: exactly)?$",
        {"sure": False},
    ),
)
_COMPILED: Final = tuple(
    (intent, re.compile(rf"^(?:{pattern})", re.I), flags) for intent, pattern, flags in _PATTERNS
)
_POLITE: Final = re.compile(
    r"^(?:(?:hi|hello|hey|please|ok|okay|so|and|but|now|well|um|er)[,! ]+"
    r"|(?:can|could|would|will) you (?:please )?(?:tell|show|explain to|find)(?: (?:me|us))? "
    r"|(?:i (?:want|would like|need) to (?:know|see|find|understand)) |tell me |do you know )+",
    re.I,
)
_AFTER: Final = re.compile(r"(?:[,.]? (?:please|thanks|thank you))+$", re.I)
_LONGEST_SUBJECT: Final = 120


def parse(question: str) -> list[Asked]:
    """Every reading of the question, the most telling first; the last is always ``open``."""
    text = " ".join(question.split())
    text = _AFTER.sub("", _POLITE.sub("", text).rstrip("?!. ")).strip("?!. ")
    readings = []
    if len(text) <= 2 * _LONGEST_SUBJECT:
        for intent, pattern, flags in _COMPILED:
            matched = pattern.match(text)
            if matched and 0 < len(matched["x"]) <= _LONGEST_SUBJECT:
                readings.append(Asked(intent, matched["x"].strip(), **flags))
    if text and len(text) <= _LONGEST_SUBJECT:
        readings.append(Asked("symbol", text, sure=False))
    readings.append(Asked("open", text))
    return readings
