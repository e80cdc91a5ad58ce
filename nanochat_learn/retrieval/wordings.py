"""The wordings of structural questions, as patterns. ``X`` stands for what is asked about.

English as learners type it. The first pattern that fits wins, so the telling ones come first.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from nanochat_learn.schema.search import Intent


class Wording(NamedTuple):
    intent: Intent
    pattern: re.Pattern[str]
    sure: bool = True
    """The wording leaves no doubt that a thing of the code is meant."""
    outward: bool = False
    """What X imports, instead of who imports X."""
    tests: bool = False
    """Tests are asked for."""
    place: bool = False
    """Where a name is defined."""


_THINGS: Final = (
    "code|parts?|pieces?|things?|functions?|methods?|class(?:es)?|files?|modules?|scripts?"
    "|places?|lines?|tests?"
)
_WORDS: Final = {
    "WHO": "(?:who|what|which|whose|where|(?:list|show|find|give)(?: me)?)"
    f"(?: (?:all|every|the|other|else|of|{_THINGS}|callers?|that|which))*",
    "MAY": "(?: (?:do|does|did|can|could|would|will|might|may|should|else|all|directly|ever))*",
    "X": "(?P<x>.+?)",
    "I": "(?:i|we|you|one|someone|somebody|they)",
    "THINGS": f"(?: (?:other|all|{_THINGS}))*",
    "WHAT": r"(?:what|which|who)(?: \w+){0,2}?",
    "END": "(?: (?:in|from|across|inside|within) (?:the|this|our)"
    " (?:code(?: ?base)?|project|repo(?:sitory)?|program))?"
    "(?: anywhere| directly| at all| too)?$",
    "CALL": "(?:calls?|calling|uses?|using|invokes?|invoking|makes?|creates?|builds?"
    "|instantiates?|constructs?|runs?|triggers?|references?|refers? to|needs?|relies on"
    "|rely on|executes?)",
    "CALLED": "(?:called|used|invoked|made|created|built|instantiated|constructed|run"
    "|referenced|needed|executed|triggered)",
    "CHANGE": "(?:chang(?:e|ed|es|ing)|edit(?:ed|ing|s)?|modif(?:y|ied|ies|ying)"
    "|remov(?:e|ed|es|ing)|delet(?:e|ed|es|ing)|renam(?:e|ed|es|ing)|touch(?:ed|es|ing)?"
    "|break(?:s|ing)?|broke|rewr(?:ite|ote|iting)|replac(?:e|ed|es|ing)|alter(?:ed|s|ing)?"
    "|drop(?:ped|s|ping)?)",
    "SUFFER": "(?:breaks?|fails?|stops? working|(?:is|be|are|gets?) (?:affected|broken|impacted)"
    "|changes?|suffers?|depends?|goes wrong|go wrong|happens?)",
}


def _wording(intent: Intent, pattern: str, **flags: bool) -> Wording:
    """``{WHO}`` and so on are filled in; a question is matched from its first word."""
    filled = re.sub(r"\{([A-Z]+)\}", lambda m: _WORDS[m.group(1)], pattern)
    return Wording(intent, re.compile(filled, re.I), **flags)


WORDINGS: Final = (
    # what breaks if X changes
    _wording("impact", "{WHAT}{MAY} {SUFFER}(?: \\w+)? (?:if|when|once|after) (?:{I} )?"
             "(?:were to )?{CHANGE} {X}$"),
    _wording("impact", "{WHAT}{MAY} {SUFFER}(?: \\w+)? (?:if|when|once|after) {X}"
             " (?:is |are |was |were |gets? |has been )?(?:{CHANGE}|different)$"),
    _wording("impact", "(?:if|when) {I} {CHANGE} {X},? (?:then )?(?:what|which|who)\\b.*$"),
    _wording("impact", "(?:what (?:is|are|would be) )?(?:the )?(?:impact|effects?|consequences?"
             "|blast radius) of (?:{CHANGE} )?{X}$", sure=False),
    _wording("impact", "(?:is it safe|can i|may i) (?:to )?{CHANGE} {X}$", sure=False),
    _wording("impact", "{WHAT}{MAY} depends? on {X}{END}"),
    # what inherits from X
    _wording("subclasses", "{WHO}{MAY} (?:(?:are|is) )?(?:inherit(?:s|ing)?(?: from)?"
             "|extend(?:s|ing)?|subclass(?:es|ing)?|deriv(?:e|es|ed|ing)(?: from)?|based on"
             "|built (?:up)?on|builds? on|implements?|overrid(?:e|es|ing)|speciali[sz]es?)"
             " {X}{END}"),
    _wording("subclasses", "(?:(?:what|which|who) (?:are|is) |(?:list|show|find)(?: me)? )?"
             "(?:(?:all|the|every) )*(?:subclass(?:es)?|sub-?types?|child(?:ren)?"
             "(?: class(?:es)?)?|derived class(?:es)?|descendants?|implementations?|kinds) of {X}$",
             sure=False),
    _wording("subclasses", "(?:what|which) (?:subclass(?:es)?|children|implementations)"
             " (?:does |do )?{X} (?:has|have)$"),
    # what X inherits from
    _wording("bases", "(?:what|who|which(?: class(?:es)?)?) (?:does|do|did) {X} (?:inherit|extend"
             "|derive|subclass|override|implement|build on)(?: from)?$"),
    _wording("bases", "(?:(?:what|which|who) (?:are|is) |(?:show|find)(?: me)? )?(?:(?:all|the) )*"
             "(?:base(?:s| class(?:es)?)?|parents?(?: class(?:es)?)?|super-?class(?:es)?"
             "|ancestors?) of {X}$"),
    _wording("bases", "(?:what|which|what class|which class) is {X} (?:based on|derived from"
             "|a subclass of|a child of|built on|inherited from)$"),
    # who imports X, and what X imports
    _wording("imports", "{WHO}{MAY} imports? {X}{END}"),
    _wording("imports", "where is {X} imported{END}"),
    _wording("imports", "importers of {X}$"),
    _wording("imports", "(?:what|which \\w+) (?:does|do) {X} import$", outward=True),
    _wording("imports", "(?:list |show )?(?:the )?imports of {X}$", outward=True),
    # what X calls
    _wording("callees", "(?:what|which|whom|who){THINGS} (?:does|do|did|is|are) {X} (?:calls?|uses?"
             "|using|invoke|make|create|instantiate|construct|depends? on|rely on|need|calling"
             "|run)$"),
    _wording("callees", "(?:what|which){THINGS} (?:is|are|gets?) {CALLED}"
             " (?:by|in|inside|from|within) {X}$"),
    _wording("callees", "(?:list |show )?(?:the |all )?(?:callees|dependencies) of {X}$"),
    # who calls X
    _wording("callers", "which tests? (?:cover|test|check|exercise)s? {X}$", tests=True),
    _wording("callers", "(?:where|how) is {X} tested$", tests=True),
    _wording("callers", "{WHO}{MAY} {CALL} {X}{END}"),
    _wording("callers", "(?:where|from where|when|by whom|by what|how often"
             "|in (?:which|what) (?:files?|places?)) (?:is|are|does|gets?) {X} (?:get )?(?:being )?"
             "{CALLED}{END}"),
    _wording("callers", "(?:who|what|which \\w+) (?:is|are) {X} {CALLED} by$"),
    _wording("callers", "(?:where|from where) (?:do|does|did) (?:{I}|it|the code|the model"
             "|the program) {CALL} {X}{END}", sure=False),
    _wording("callers", "(?:(?:list|show|find)(?: me)? )?(?:(?:all|the|every) )*(?:callers?|users"
             "|usages?|uses|references|call sites) (?:of|to|for) {X}$", sure=False),
    _wording("callers", "is {X} (?:ever )?(?:called|used|invoked) anywhere$"),
    # what is in X
    _wording("contents", "(?:what|which)(?: (?:is|are|all|the|members|stands|lives|{THINGS}))*"
             " (?:in|inside|within) {X}$", sure=False),
    _wording("contents", "(?:what|which)(?: (?:members|attributes)|{THINGS}) (?:does|do) {X}"
             " (?:contain|define|hold|have|offer|provide|include|consist of|export)$", sure=False),
    _wording("contents", "(?:(?:list|show)(?: me)? )?(?:(?:all|the) )*(?:contents?|methods|members"
             "|functions|classes) (?:of|in|inside) {X}$", sure=False),
    _wording("contents", "(?:what|which) (?:functions?|methods?|class(?:es)?) (?:are|is)"
             " (?:there )?(?:defined )?in {X}$"),
    # the thing itself
    _wording("symbol", "(?:where|in (?:which|what) file|on (?:which|what) line) (?:is|are|was|can i"
             "|do i|does|do|lives?)(?: (?:find|see))? {X} (?:defined|declared|implemented"
             "|written(?: down)?|located|found|live|lives|stand|coded)$", sure=False, place=True),
    _wording("symbol", "(?:where (?:is|are|can i find|do i find|lives?)|(?:show|find)(?: me)?|open"
             "|go to|goto|jump to|look at|what (?:is|are)|what's|explain(?: to me)?|describe"
             "|tell me about|(?:the )?(?:definition|source|code|docs?|docstring|signature)"
             " (?:of|for)) {X}$", sure=False),
    _wording("symbol", "(?:what does|how does|why does|what do) {X} (?:do|mean|work|return|exist"
             "|look like)(?: exactly)?$", sure=False),
)  # fmt: skip

STRICT: Final = re.compile(
    r"\b(?:calls?|called|callers?|callees?|invok\w+|instantiat\w+|inherit\w*|extend\w*|subclass\w*"
    r"|deriv\w+|overrid\w+|imports?|imported|breaks?|broken|affected|impact|depends?|if|when)\b",
    re.I,
)
"""Verbs that belong to code alone, so that a subject in plain words is looked for by meaning."""

POLITE: Final = re.compile(
    r"^(?:(?:hi|hello|hey|please|ok|okay|so|and|but|now|well|um|er)[,! ]+"
    r"|(?:can|could|would|will) you (?:please )?(?:tell|show|explain to|find)(?: (?:me|us))? "
    r"|i (?:want|would like|need) to (?:know|see|find|understand) |tell me |do you know )+",
    re.I,
)
THANKS: Final = re.compile(r"(?:[,.]? (?:please|thanks|thank you))+$", re.I)
