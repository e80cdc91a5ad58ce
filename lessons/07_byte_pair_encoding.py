# ---
# jupyter:
#   nanochat_learn:
#     id: 07_byte_pair_encoding
#     title: Byte-pair encoding
#     cluster: tokenization
#     concepts: [tokenization.bpe, tokenization.pretokenization, tokenization.vocab_size]
#     needs: [tokenization.unicode_bytes]
#     minutes: 25
#     difficulty: 3
#     objectives:
#       - Find by counting which pieces of text deserve a number of their own.
#       - Write the step that glues a pair.
#       - Say what a larger vocabulary gains and what it costs.
#     items:
#       - {id: first_pair, kind: prediction, concepts: [tokenization.bpe]}
#       - {id: after_two, kind: prediction, concepts: [tokenization.bpe]}
#       - {id: cuts, kind: prediction, concepts: [tokenization.pretokenization]}
#       - {id: glue, kind: exercise, concepts: [tokenization.bpe]}
#       - {id: learn, kind: exercise, concepts: [tokenization.bpe], stretch: true}
#       - {id: dog_comma, kind: quiz, concepts: [tokenization.pretokenization]}
#       - {id: more_merges, kind: quiz, concepts: [tokenization.vocab_size]}
#       - {id: opens, kind: quiz, concepts: [tokenization.unicode_bytes]}
# ---

# %% [markdown]
# # Byte-pair encoding
#
# “the” costs three bytes, and it stands in nearly every sentence. Bytes can spell everything, but they make texts long. Could something frequent get a number of its own? In the picture, guess which pair comes next, then step.
#
# ![Words cut into pieces, and the pairs of neighbours with their counts](pictures/bpe_merges.svg)

# %%
from nanochat_learn.kernel import set_up, predict, reveal, check, hint, solution, quiz
from nanochat_learn.kernel import compare, explore, picture

set_up("07_byte_pair_encoding")

# %% [markdown]
# ## Count neighbours
#
# Every stretch of text with a number of its own is a **token**. **Byte-pair encoding** finds tokens by counting. Take three words: *sun*, *sunny*, *fun*. A *pair* is two neighbours, such as s and u. Which pair stands there most often?

# %%
predict("first_pair")

# %%
from collections import Counter

def count_pairs(words):
    count = Counter()  # a list of counts; each begins at 0
    for word in words:
        for pair in zip(word, word[1:]):  # each letter with its right neighbour
            count[pair] += 1
    return count

# %%
pairs = count_pairs(["sun", "sunny", "fun"])
for pair, times in pairs.items():
    print(*pair, times)
most = pairs.most_common(1)[0][0]  # the pair with the largest count
reveal("first_pair", " ".join(most))

# %% [markdown]
# *u n* wins with 3. It is glued into one new piece, *un*, wherever it stands. Such a step is a **merge**. Then you count anew: now *s un* wins with 2. There were 11 pieces at first, then 8.

# %%
predict("after_two")

# %%
text = "s u n   s u n n y   f u n"
text = text.replace("u n", "un")
print(text)
text = text.replace("s un", "sun")
print(text)
reveal("after_two", len(text.split()))  # split: cut at the spaces

# %% [markdown]
# Learning is these two steps, again and again, on very much text. What remains is the list of merges, in order. Each has the next free number: bytes are 0 to 255, so *un* is 256 and *sun* 257.

# %% [markdown]
# A new text is not counted. Start from its bytes and glue the pair that was learned earliest, until none is left. So *sunny* becomes *sun n y*. And *run*, which never occurred, becomes *r un*: no word is unknown.

# %% [markdown]
# ## In the real code
#
# [`nanochat/bpe.py`](../nanochat/bpe.py) does this in `learn_merges`. Ask it for one merge, and your own counting too. (u is the byte 117, n is 110.)

# %%
import torch
from nanochat.bpe import learn_merges

# @learn:tokenization.bpe
def toy(texts):
    words = [list(text.encode("utf-8")) for text in texts]
    return torch.tensor(count_pairs(words).most_common(1)[0][0])

def real(texts):
    return torch.tensor(learn_merges(texts, how_many=1)[0])

compare(toy, real, ["sun", "sunny", "fun"])

# %% [markdown]
# ## Cut first
#
# Left alone, merges would glue “dog” to the comma behind it. So a text is cut first, and no merge crosses a cut. The rules: a word with the space before it, one or two digits, a run of other signs. They are written as a **regular expression**, a short notation for what text may look like.
#
# ![A sentence with its cuts, and the rule behind each](pictures/regex_split.svg)

# %%
predict("cuts")

# %%
from nanochat.bpe import split

pieces = split("They've 365 days")
print(pieces)
reveal("cuts", len(pieces))

# %% [markdown]
# Why at most two digits? Otherwise a frequent year would get a token of its own, and its neighbours none. Why does the space go with the word? Words mostly follow a space; this way it costs no token.

# %% [markdown]
# ## Investigate: when to stop?
#
# All tokens that a model knows are its **vocabulary**: 256 bytes, the merges, and 9 marks that you meet in the next lesson. For each token the model keeps two lists of numbers: one to read it, one to guess it.
#
# ![The length of a text and the size of the tables, for more and more merges](pictures/vocab_tradeoff.svg)

# %% [markdown]
# Now the shipped model. The slider below stops its list of merges earlier. Watch three things: tokens, vocabulary, numbers in the tables. Which merges help most, the early or the late? Then write a sentence that no children's story would hold.

# %%
from nanochat.checkpoint import load_model
from nanochat.tokenizer import Tokenizer

model, shipped, _ = load_model("stories-base")
sentence = "Nora was sad and did not know what to do."  # your words here

# %%
def draw(merges):
    early = Tokenizer(shipped.merges[:merges])
    ids = early.encode(sentence)
    size = early.get_vocab_size()
    cost = 2 * size * model.config.n_embd  # n_embd: how long each list is
    pieces = " | ".join(early.decode([id]) for id in ids)
    return f"{len(ids)} tokens, vocabulary {size}, {cost:,} numbers\n{pieces}"

explore(draw, merges=(0, len(shipped.merges), 1))

# %% [markdown]
# ## Exercise
#
# Write the gluing step. It walks along the list; whenever the last two entries are the pair, they become the new number. `[-2:]` means the last two. Mind that `pair` is a tuple, `(1, 2)`; `list(pair)` makes `[1, 2]` of it.

# %% exercise="glue"
def glue(ids, pair, new_id):
    glued = []
    for id in ids:
        glued.append(id)  # put it at the end
        if glued[-2:] == ...:  # the last two are the pair
            glued[-2:] = ...  # what stands there instead
    return glued

check("glue", glue)

# %% [markdown]
# **Stretch.** Put both halves together: count, glue, and again. `words` are lists of numbers. Return the list of pairs in the order in which they were glued; the first becomes 256. Use `count_pairs` and `glue`.

# %% exercise="learn"
def learn(words, how_many):
    return ...  # your lines here

check("learn", learn)

# %% [markdown]
# ## Check

# %%
quiz("dog_comma")

# %%
quiz("more_merges")

# %%
quiz("opens")

# %% [markdown]
# ## Next
#
# You can learn a list of merges now. Lesson 08, **Training and using a tokenizer**, uses one on new text, and shows the marks that no text can spell.

# %% [markdown]
# > **Still a simplification.** Counting everything anew after each merge would take days on real text; `learn_merges` only touches the words that hold the pair. Of two equally frequent pairs, the real code takes the one with the smaller numbers; yours takes the one it met first.
