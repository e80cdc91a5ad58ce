# ---
# jupyter:
#   nanochat_learn:
#     id: 06_text_is_bytes
#     title: Text is bytes
#     cluster: tokenization
#     concepts: [tokenization.unicode_bytes]
#     needs: []
#     minutes: 20
#     difficulty: 2
#     objectives:
#       - Turn a character into its bytes and back by hand.
#       - Tell from a byte alone whether a character begins there.
#       - Explain where the sign � comes from.
#     items:
#       - {id: bytes_of_cafe, kind: prediction, concepts: [tokenization.unicode_bytes]}
#       - {id: first_two, kind: prediction, concepts: [tokenization.unicode_bytes]}
#       - {id: begins, kind: exercise, concepts: [tokenization.unicode_bytes]}
#       - {id: safe_cut, kind: exercise, concepts: [tokenization.unicode_bytes], stretch: true}
#       - {id: enough_bytes, kind: quiz, concepts: [tokenization.unicode_bytes]}
#       - {id: lonely_byte, kind: quiz, concepts: [tokenization.unicode_bytes]}
#       - {id: shape_of_list, kind: quiz, concepts: [foundations.tensors]}
# ---

# %% [markdown]
# # Text is bytes
#
# On your screen é is one letter. Inside the computer it is two numbers. A model never sees letters; it sees such numbers. Where do they come from, and what happens if one gets lost? In the picture, type é, your name, or an emoji, and look at its bytes. (Its row *ids* comes next lesson.)
#
# ![A text, and below each character its number and its bytes](pictures/bytes_of_text.svg)

# %%
from nanochat_learn.kernel import set_up, predict, reveal, check, hint, solution, quiz
from nanochat_learn.kernel import compare, explore, picture

set_up("06_text_is_bytes")

# %% [markdown]
# ## One letter, how many numbers?
#
# A computer stores everything as **bytes**: whole numbers from 0 to 255. A **character** is one letter, digit or sign. “café” has 4 characters. `encode` turns a text into its bytes. Your guess first:

# %%
predict("bytes_of_cafe")

# %%
word = "café"
numbers = list(word.encode("utf-8"))
print(len(word), "characters")
print(numbers)
reveal("bytes_of_cafe", len(numbers))

# %% [markdown]
# The letters c, a and f take one byte each: 99, 97, 102. The letter é takes two: 195 and 169. It cannot have one of its own, for there are only 256 different bytes, but people write more than 100,000 different characters.

# %% [markdown]
# ## A list and a rule
#
# First, a worldwide list, **Unicode**, gives each character one number: its **code point**. Python tells it with `ord`. Second, a rule, **UTF-8**, writes that number as one to four bytes. Add a character of your own to the text and run the cell.

# %%
text = "aé€🙂"
for character in text:
    print(character, ord(character), list(character.encode("utf-8")))
picture("bytes_of_text", text=text)

# %% [markdown]
# Where does a character begin? Each byte says so itself:
#
# - below 128: a whole character, such as 97 for *a*;
# - 128 to 191: it *continues* a character;
# - 192 or more: it *opens* one of several bytes.
#
# So in 195, 169 the first byte opens, the second continues.

# %% [markdown]
# For two bytes $a$ and $b$ the code point $n$ is
#
# $$n = 64\,(a - 192) + (b - 128)$$
#
# With the bytes of é: 64 · (195 − 192) + (169 − 128) = 192 + 41 = 233. Compare with the second line above.

# %% [markdown]
# ## Cut in the middle
#
# The text “hé🙂” has 1 + 2 + 4 = 7 bytes. Count them in the picture.

# %%
picture("bytes_of_text", text="hé🙂")

# %% [markdown]
# Now somebody keeps only the first two bytes, and turns these back into text.

# %%
predict("first_two")

# %%
numbers = list("hé🙂".encode("utf-8"))
print(numbers)
kept = bytes(numbers[:2])  # [:2]: the first two
shown = kept.decode("utf-8", errors="replace")  # replace: � where no character is
reveal("first_two", shown)

# %% [markdown]
# The byte 195 opens a character, but the one that continues it is gone. Bytes that make no character are shown as �. You may have met it where a model's answer was cut off: it had written half of an emoji.

# %% [markdown]
# ## In the real code
#
# In [`nanochat/bpe.py`](../nanochat/bpe.py), `utf8_bytes` does what you have seen. The cell below follows the rule by hand, for code points below 2,048. Do both agree? Put in another word with accents.

# %%
from nanochat.bpe import utf8_bytes

# @learn:tokenization.unicode_bytes
def toy(text):
    numbers = []
    for character in text:
        n = ord(character)
        if n < 128:
            numbers += [n]
        else:  # n // 64: how often 64 fits; n % 64: what is left
            numbers += [192 + n // 64, 128 + n % 64]
    return numbers

# %%
def real(text):
    return list(utf8_bytes(text))

compare(toy, real, "café für Zoë")

# %% [markdown]
# New here: `if … else …` does one thing or the other, and `+=` puts more at the end of a list.
#
# In [`nanochat/tokenizer.py`](../nanochat/tokenizer.py), the first 256 numbers that a model can read stand for the 256 bytes, one each. So no text is unknown to it.

# %% [markdown]
# ## Investigate: what survives?
#
# A **tokenizer** turns text into numbers and back. This one knows bytes and nothing longer. Move the slider: at which numbers does the text end whole? Then write an emoji flag or a word in another script. How many bytes has it?

# %%
from nanochat.tokenizer import Tokenizer

bare = Tokenizer(merges=[])
ids = bare.encode("Zoë 🙂 €5")  # your text here

def draw(keep):
    return f"{ids[:keep]}\n{bare.decode(ids[:keep])}"

explore(draw, keep=(0, len(ids), 1))

# %% [markdown]
# ## Exercise
#
# How many characters has a text, seen from its bytes alone? As many as there are bytes that begin one. Write `begins`: true for a byte that begins a character, false for one that continues it. `or` joins two comparisons: one of them is enough.

# %% exercise="begins"
def begins(byte):
    return ...  # a comparison, or two joined by `or`

check("begins", begins)

# %% [markdown]
# **Stretch.** A message has room for `room` bytes. How many of `numbers` can be kept, at most `room`, so that no character is torn? `while` repeats the lines below it as long as its condition is true.

# %% exercise="safe_cut"
def safe_cut(numbers, room):
    return ...  # your lines here

check("safe_cut", safe_cut)

# %% [markdown]
# ## Check

# %%
quiz("enough_bytes")

# %%
quiz("lonely_byte")

# %%
quiz("shape_of_list")

# %% [markdown]
# ## Next
#
# Bytes can spell everything, but “the” costs three numbers each time. Lesson 07, **Byte-pair encoding**, glues bytes that often stand together.

# %% [markdown]
# > **Still a simplification.** What you see as one sign can be several code points: a flag is two, and é can also be an e followed by an accent of its own. And UTF-8 is not the only such rule, though nearly all text today uses it.
