"""Text → stems, the same way for questions and passages; and words that mean nearly the same.

Stems are for matching, not for reading: ``caching``, ``cached`` and ``cache`` become ``cach``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

# KVCache → KV Cache; sample_next → sample next; utf8 → utf 8
_PARTS: Final = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_a-zA-Z]+")

# the grammar of questions, and words that every question about code holds
_STOP_WORDS: Final = """
a about after all also am an and any anything are as at be because been before being but by can
could did do does doing done each else ever every for from get gets give given go goes had has
have having he her here him his how i if in inside into is it its itself just let like me more
most much my no not of off on one only onto or other our out over own same she should so some
something such than that the their them then there these they thing things this those through to
too under until up us use used uses using very via was we were what when where which while who
whom whose why will with within without would you your yours code program codebase repository repo
project happen happens work works working mean means tell explain show find please want know need
look see way kind sort part actually exactly called come comes came make made makes take takes put
puts always already anybody anyone correctly even ever everybody everyone forth however maybe
never nobody often perhaps properly quite rather really somebody someone still together usually
yet
"""
STOP: Final = frozenset(_STOP_WORDS.split())

# irregular forms, and the abbreviations of code
_FORMS: Final = """
began:begin begun:begin broke:break broken:break brought:bring built:build bought:buy caught:catch
chose:choose chosen:choose drawn:draw drew:draw fed:feed fell:fall felt:feel forgot:forget
forgotten:forget froze:freeze frozen:freeze grew:grow grown:grow heard:hear held:hold hid:hide
hidden:hide kept:keep knew:know known:know led:lead lost:lose meant:mean met:meet paid:pay ran:run
said:say saw:see seen:see sent:send shown:show shrank:shrink shrunk:shrink sold:sell spent:spend
spoke:speak spoken:speak stole:steal stood:stand taught:teach thought:think threw:throw
thrown:throw told:tell understood:understand went:go wrote:write written:write chars:character
char:character dir:directory dirs:directory config:configuration configs:configuration
param:parameter params:parameter arg:argument args:argument init:initialise attn:attention
emb:embedding embd:embedding tok:token toks:token vocab:vocabulary img:image msg:message
msgs:message req:request resp:response fn:function func:function funcs:function str:string
num:number nums:number numbers:number layers:layer processors:processor characters:character
computers:computer counters:counter servers:server len:length max:maximum min:minimum
prev:previous ctx:context env:environment exec:execute auth:authenticate db:database indices:index
matrices:matrix children:child people:person colour:color colours:color
"""
_IRREGULAR: Final = dict(pair.split(":") for pair in _FORMS.split())

# Words a newcomer says ↔ words that code says. General English of programming and of language
# models: no names of any one code base. A word may stand in several lines.
_ALIKE: Final = """
remember keep store hold cache memory retain
save write store persist dump checkpoint export
load read restore open import resume
delete remove drop erase discard clear prune forget
start begin launch initialise boot open
stop end halt quit close finish terminate kill abort
pick choose select sample draw decide
word token piece
letter character byte symbol
mistake error loss wrong failure exception fault
surprise loss entropy perplexity
fast quick speed performance rate efficient
learn train fit
guess predict propose draft
graphic gpu cuda accelerator device
processor cpu core
computer machine process rank worker node
folder directory path
internet network url http download web online
terminal command cli console shell
setting option configuration parameter argument flag
layer block
size width dimension length amount
text string document
order sort sequence
random seed rng chance
check test verify validate assert ensure
show display print render draw
chop cut split piece chunk slice divide
join merge combine glue concatenate pair pack
big large huge maximum
small little tiny minimum
wait sleep delay pause timeout
repeat again retry loop periodic
person user visitor client
answer reply response result output
question request query prompt input
protect safe secure guard sandbox wall isolate
forbid hide mask prevent refuse reject
position place index location
compress squeeze gzip zip shrink
language locale translate
address url host link
login authenticate credential password
change edit modify update alter
count number amount
limit maximum cap bound ceiling
copy duplicate clone replicate
fetch get load retrieve download
undo revert rewind rollback
turn rotate angle
several parallel simultaneous concurrent batch multiple
share distribute
talk chat conversation dialogue message
story tale
calculate compute evaluate arithmetic sum
score logit
normalise norm rescale
squash softcap clip clamp
step iteration
slope gradient derivative
rise warmup increase
fall decay decrease anneal cooldown
interrupt resume continue stop
secret sign forge signature
weight parameter
create make build construct new
call invoke run execute
page template html
site page web
upload file multipart
again periodic interval
dictionary mapping map
queue buffer line
lock semaphore mutex
log record print
clock time timer
"""


def parts(text: str) -> Iterator[str]:
    """Words and the parts of identifiers, lower case, in their order."""
    return (match.lower() for match in _PARTS.findall(text))


def stems(text: str) -> list[str]:
    """Stems of everything that is no stop word, in order, with repetitions."""
    return [stem(word) for word in parts(text) if word not in STOP and _telling(word)]


def alike(word: str) -> frozenset[str]:
    """Stems of words that mean nearly the same as the stem ``word``; without itself."""
    return _thesaurus().get(word, frozenset())


def _telling(word: str) -> bool:
    return len(word) > 1 or not word.isascii()


@lru_cache(maxsize=1)
def _thesaurus() -> dict[str, frozenset[str]]:
    near: dict[str, set[str]] = {}
    for line in _ALIKE.split("\n"):
        group = {stem(word) for word in line.split()}
        for one in group:
            near.setdefault(one, set()).update(group - {one})
    return {word: frozenset(others) for word, others in near.items()}


_WHOLE: Final = frozenset(
    ("processor", "number", "layer", "character", "general", "computer", "counter", "server")
)
"""What is left of these without their ending means something else."""
_SUFFIXES: Final = (
    *("izations", "ization", "isation", "ations", "ation", "ating", "ators", "ator", "ative"),
    *("ated", "ates", "ate", "izers", "izer", "izing", "ised", "ising", "ized", "izes", "ises"),
    *("ments", "ment", "nesses", "ness", "ities", "ity", "ively", "ives", "ive"),
    *("ically", "ingly", "edly", "ings", "ing", "ions", "ion", "ors", "or", "ers", "er"),
    *("ably", "able", "ible", "ally", "als", "al", "ful", "ize", "ise", "ely", "ly"),
    *("ies", "ied", "es", "ed", "s", "y", "e"),
)
_VOWEL: Final = re.compile(r"[aeiouy]")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A crude stem of a lower-case word: endings off while three letters with a vowel stay."""
    word = _IRREGULAR.get(word, word)
    if word in _WHOLE:
        return word
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    if word.endswith("ss"):
        return word
    rest = word
    for _ in range(2):  # caching·s, token·izer·s
        for suffix in _SUFFIXES:
            cut = rest[: -len(suffix)] if rest.endswith(suffix) else ""
            if len(cut) >= 3 and _VOWEL.search(cut) and not (suffix == "s" and cut[-1] in "su"):
                rest = cut
                break
        else:
            break
        if len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "sl":
            rest = rest[:-1]  # cutting → cut
    return rest
