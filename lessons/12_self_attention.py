# ---
# jupyter:
#   nanochat_learn:
#     id: 12_self_attention
#     title: "Self-attention: which token looks at which"
#     cluster: architecture
#     concepts: [attention.self_attention, attention.causal_mask]
#     needs: [foundations.softmax, foundations.matmul]
#     minutes: 25
#     difficulty: 3
#     objectives:
#       - Work out by hand which token takes how much from which.
#       - Say why no token may look ahead, and why minus infinity sees to it.
#       - Find two heads in a trained model that copy.
#     items:
#       - {id: shape_of_scores, kind: prediction, concepts: [attention.self_attention]}
#       - {id: covered_cell, kind: prediction, concepts: [attention.causal_mask]}
#       - {id: next_word, kind: prediction, concepts: [attention.self_attention]}
#       - {id: causal_attention, kind: exercise, concepts: [attention.causal_mask, attention.self_attention]}
#       - {id: head_shares, kind: exercise, concepts: [attention.self_attention], stretch: true}
#       - {id: query_or_key, kind: quiz, concepts: [attention.self_attention]}
#       - {id: covered_late, kind: quiz, concepts: [attention.causal_mask]}
#       - {id: same_added, kind: quiz, concepts: [foundations.softmax]}
# ---

# %% [markdown]
# # Self-attention: which token looks at which
#
# “The cup fell and it broke.” You know what *it* is. A model reads every *it* as the same list of numbers. Something must carry what is known about *cup* over to *it*. That is **attention**. In the picture, another sentence: guess, then choose *it*. (*Heads*, *q* and *k* come below.)
#
# ![Attention: a row of words, and how much the chosen word takes from each](pictures/attention_heatmap.svg)

# %%
from nanochat_learn.kernel import set_up, predict, reveal, check, hint, solution, quiz
from nanochat_learn.kernel import compare, explore, picture

set_up("12_self_attention")

# %% [markdown]
# ## Ask, and be found
#
# Each token makes three lists of numbers from its own. Its **query** says what it looks for. Its **key** says what it can be found by. Its **value** is what it hands over.
#
# A query meets a key in a dot product. The result is a **score**: how well the two fit. First your guess:

# %%
predict("shape_of_scores")

# %%
import torch

tokens = ["cup", "fell", "it"]
q = torch.tensor([[1.0, 1.0], [0.0, 1.0], [1.0, 0.0]])  # queries, a row for each token
k = torch.tensor([[2.0, 0.0], [0.0, 1.0], [1.0, 0.0]])  # keys
v = torch.tensor([[10.0, 0.0], [0.0, 10.0], [5.0, 5.0]])  # values
scores = q @ k.T  # .T: rows become columns
print(scores)
reveal("shape_of_scores", tuple(scores.shape))

# %% [markdown]
# Each **row** is a token that looks, each **column** one that is looked at, both counted from 0. Row 2 is *it*. Its query (1, 0) meets the key of *cup*, (2, 0): 1 · 2 + 0 · 0 = 2. With *fell* it scores 0, with itself 1. So *cup* fits best.

# %% [markdown]
# ## No looking ahead
#
# The model learns by guessing which token comes next, at every place of a text at once. At *fell* it should guess *it*. If *fell* may look one place on, it can copy the answer, and learns nothing. The **causal mask** covers the future: each token sees itself and what came before.
#
# ![Causal mask: a table in which every cell after the diagonal is covered](pictures/causal_mask.svg)

# %%
predict("covered_cell")

# %%
later = torch.ones(3, 3).triu(1) == 1  # true above the diagonal: column after row
covered = scores.masked_fill(later, float("-inf"))  # there: minus infinity
shares = covered.softmax(dim=-1)  # dim=-1: each row by itself
print(covered)
print(shares)
reveal("covered_cell", shares[1].argmin().item())  # argmin: place of the smallest

# %% [markdown]
# Why not cover with 0? Because 0 is a score like any other: in row 1, *cup* scores 0 and still gets a share of 0.27. **Minus infinity** is below every number. Softmax gives it exactly 0, and the shares that are left make 1 by themselves. In the picture below, your scores: switch between the ways to cover.

# %%
picture("causal_mask", scores=scores, tokens=tokens, params={"query": 1})

# %% [markdown]
# ## Mix the values
#
# Now *it* takes its shares: 0.67 of (10, 0), 0.09 of (0, 10), 0.24 of (5, 5). The first number becomes 0.67 · 10 + 0.09 · 0 + 0.24 · 5 = 7.9. One matrix product does this for all rows. In the picture, choose *fell*: what may it see?

# %%
mixed = shares @ v
print(mixed)
# [None] puts a table into a stack of one, as the picture expects: one head
picture("attention_heatmap", q=q[None], k=k[None], tokens=tokens, scale=torch.tensor(1.0))

# %% [markdown]
# ## In the real code
#
# In [`nanochat/gpt.py`](../nanochat/gpt.py), find `CausalSelfAttention`. Its line `F.scaled_dot_product_attention` does all four steps in one call: scores, mask, softmax, mix. [`nanochat/probes.py`](../nanochat/probes.py) writes the first three out, in `attention_pattern`. Do your lines and the real ones agree?

# %%
from nanochat.probes import attention_pattern

# @learn:attention.self_attention
def toy(q, k):
    later = torch.ones(len(q), len(k)).triu(1) == 1
    return (q @ k.T).masked_fill(later, float("-inf")).softmax(dim=-1)

def real(q, k):  # [None, None]: a stack of one text with one head
    return attention_pattern(q[None, None], k[None, None], window=3, bound=2)[0, 0]

compare(toy, real, q, k)

# %% [markdown]
# Two more settings: `window` says how far back a token may look. `bound` sets a **scale**: the real code multiplies every score by bound ÷ numbers in a query, here 2 ÷ 2 = 1. Longer lists add up more products; the scale keeps the scores small.

# %% [markdown]
# ## Investigate: heads that copy
#
# A trained model has several **layers**, one after the other. In each, a few **heads** do attention side by side, each with its own queries, keys and values. The prompt below says four words, then begins again. Which word comes next?

# %%
predict("next_word")

# %%
from nanochat.checkpoint import load_model
from nanochat_learn.kernel import TraceContext

model, tokenizer, _ = load_model("stories-base")

def read(prompt):
    ids = [tokenizer.get_bos_token_id(), *tokenizer.encode(prompt)]  # bos: a text begins
    with TraceContext(model, "attn.*", tokenizer=tokenizer, dtype="float32") as trace:
        scores = model(torch.tensor([ids]))[0, -1]  # for the token after the last
    return [tokenizer.decode([id]) for id in ids], trace, scores

words, trace, next_scores = read("red ball green drum red ball green")
reveal("next_word", tokenizer.decode([next_scores.argmax().item()]))

# %% [markdown]
# `TraceContext` kept all queries, keys and shares. Choose a layer in the list, a head in the picture, and find two heads. The **previous-token head** takes most from the token right before. The **induction head**, at the last *green*, takes from *drum*, which followed *green* the first time. Then take four words of your own. Do both keep on?

# %%
words, trace, _ = read("red ball green drum red ball green")  # your words here

def draw(layer):
    pattern = torch.tensor(trace[f"blocks.{layer}.attn.pattern"][0])
    view = {"query": len(words) - 1}  # the last token looks
    return picture("attention_heatmap", pattern=pattern, tokens=words, params=view)

explore(draw, layer=list(range(model.config.n_layer)))

# %% [markdown]
# Layers and heads are counted from 0. In the shipped model, head 1 of layer 1 looks one place back, and head 0 of layer 2 copies. They work together: the one notes for each token which stood before it; the other looks for the place that has the present token before it. There stands *drum*.

# %% [markdown]
# ## Exercise
#
# Four tokens: *I like red apples*. The scores are there. Replace each `...`: cover, share out, mix. Running the cell gives the verdict, and hints if you want them.

# %%
q4 = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [2.0, 0.0]])
k4 = torch.tensor([[1.0, 0.0], [1.0, 1.0], [0.0, 2.0], [2.0, 1.0]])
v4 = torch.tensor([[8.0, 0.0], [0.0, 8.0], [4.0, 4.0], [8.0, 8.0]])
scores4 = q4 @ k4.T
print(scores4)

# %% exercise="causal_attention"
covered4 = ...  # minus infinity wherever the column comes after the row
shares4 = ...  # softmax, each row by itself
mixed4 = ...  # the values v4, each times its share
check("causal_attention", mixed4, shares=shares4, q=q4, k=k4, v=v4)

# %% [markdown]
# **Stretch.** Now one head of the last layer, with your words. Multiply the scores by `scale` before you cover them.

# %%
last = model.config.n_layer - 1
head_q = torch.tensor(trace[f"blocks.{last}.attn.q"][0, 0])
head_k = torch.tensor(trace[f"blocks.{last}.attn.k"][0, 0])
scale = model.config.attention_bound / model.config.head_width

# %% exercise="head_shares"
def shares_of(q, k, scale):
    return ...  # your lines here

check("head_shares", shares_of, q=head_q, k=head_k, scale=scale)

# %% [markdown]
# ## Check

# %%
quiz("query_or_key")

# %%
quiz("covered_late")

# %%
quiz("same_added")

# %% [markdown]
# ## Next
#
# You have seen that heads have habits. Lesson 13, **Multi-head attention**, is still to come: how one list of numbers is cut into heads, and why several small ones see more than a large one.

# %% [markdown]
# > **Still a simplification.** Nothing in your lines knows the order of tokens: in the real code, queries and keys are first turned by their position (RoPE) and rescaled. And the fast call never keeps the table of shares that you saw.
