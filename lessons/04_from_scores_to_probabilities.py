# ---
# jupyter:
#   nanochat_learn:
#     id: 04_from_scores_to_probabilities
#     title: From scores to probabilities
#     cluster: foundations
#     concepts: [foundations.softmax, foundations.probability, inference.logits]
#     needs: [foundations.next_token, foundations.dot_product, foundations.matmul]
#     minutes: 45
#     difficulty: 2
#     objectives:
#       - Work out the score of a token from two vectors
#       - Turn any scores into shares, by hand and in code
#       - Choose by chance, and say how often something should happen
#     items:
#       - {id: logits_shape, kind: prediction, concepts: [inference.logits]}
#       - {id: first_share, kind: prediction, concepts: [foundations.softmax]}
#       - {id: score, kind: exercise, concepts: [inference.logits, foundations.dot_product]}
#       - {id: softmax, kind: exercise, concepts: [foundations.softmax]}
#       - {id: hit, kind: exercise, concepts: [foundations.probability], stretch: true}
#       - {id: q1, kind: quiz, concepts: [foundations.softmax]}
#       - {id: q2, kind: quiz, concepts: [foundations.probability]}
#       - {id: q3, kind: quiz, concepts: [foundations.matmul]}
# ---

# %% [markdown]
# # From scores to probabilities
#
# After “Tom was”, our model gives “ walk” 58 %. Where does this number come from? First every token gets a number of any size, such as 14.39 or −3. Then a rule makes probabilities of them. Here you build that rule.
#
# ![Bars for scores, and below them bars for the shares they get](pictures/softmax_bars.svg)

# %%
from nanochat_learn.kernel import set_up, predict, reveal, check, hint, solution, quiz
from nanochat_learn.kernel import compare, explore, picture

set_up("04_from_scores_to_probabilities")

# %% [markdown]
# ## A score for every token
#
# A **score** says how well something fits: the higher, the better. The score that a model gives to a possible next token is called its **logit**. The text below has 4 tokens, the first being a mark that opens each text. The vocabulary has 1,024. Which shape comes out?

# %%
predict("logits_shape")

# %%
import torch
from nanochat.checkpoint import load_model

model, tokenizer, notes = load_model("stories-base")
ids = [tokenizer.get_bos_token_id(), *tokenizer.encode("Tom was")]
logits = model(torch.tensor([ids])).detach()
reveal("logits_shape", tuple(logits.shape))

# %% [markdown]
# Every place guesses what follows it; to write on, only the last one counts. Here are its three highest scores. (`topk(3)` takes them out; `zip` walks through two lists side by side.)

# %%
last = logits[0, -1]
best = last.topk(3)
for score, token in zip(best.values.tolist(), best.indices.tolist()):
    print(f"{score:6.2f}", repr(tokenizer.decode([token])))

# %% [markdown]
# ## Where a score comes from
#
# What the model has read ends as one vector, here `final`. For each token, the model keeps a vector of weights, a row of `lm_head`. The score is the dot product of the two; for all tokens it is one matrix multiplication. The function `keep` catches the vector on its way.

# %%
seen = {}  # will hold numbers under a name

def keep(name, numbers):
    seen[name] = numbers.detach()

model.tap = keep
model(torch.tensor([ids]))
model.tap = None
final = seen["final"][0, -1]
print("final:", tuple(final.shape), " lm_head:", tuple(model.lm_head.weight.shape))

# %% [markdown]
# ## A first try
#
# Three scores: 2, 1 and 0. Dividing by their sum, 3, looks like a way to shares. But lower each score by 1. The leads are the same, yet now the sum is 0, and you cannot divide by it. Also, no share may be negative.

# %% [markdown]
# ## Softmax
#
# The number e is about 2.72. e to the power of a score, its **exponential**, is always positive, and one point more makes it 2.72 times as large. Divide each by the sum of all. This is **softmax**:
#
# $$\text{share} = \frac{e^{\text{score}}}{\text{sum of all } e^{\text{score}}}$$

# %%
predict("first_share")

# %%
scores = torch.tensor([2.0, 1.0, 0.0])
powers = scores.exp()
shares = powers / powers.sum()
print("powers:", powers)
print("shares:", shares, "together", shares.sum())
reveal("first_share", shares[0])

# %% [markdown]
# Drag the bars in the picture, and add the same to every score. Only the gaps count.

# %%
picture("softmax_bars", logits=scores, names=[" walk", " a", " blue"])

# %% [markdown]
# ## Too large for the computer
#
# e to the power of 1,000 is more than the computer's format can hold. It becomes infinity, `inf`: an **overflow**. Infinity divided by infinity is `nan`, not a number. The mend: subtract the largest score from all. The gaps stay, and the largest power is 1.

# %%
big = torch.tensor([1000.0, 999.0, 998.0])
print(big.exp() / big.exp().sum())
safe = (big - big.max()).exp()
print(safe / safe.sum())

# %% [markdown]
# ## Throwing a dart
#
# None of the shares is negative and together they make 1, so they can serve as probabilities. Lay them end to end on a line from 0 to 1 and throw a dart. With 0.5 for blue, 0.3 for grey and 0.2 for green, a dart at 0.6 hits grey. Longer pieces are hit more often.

# %%
picture("dice_to_tokens", shares=[0.5, 0.3, 0.2], names=["blue", "grey", "green"])

# %% [markdown]
# Below, nanochat's `throw` throws 10, 100 and 10,000 darts, and the hits of each piece are counted. Few throws are uneven; many come close to the shares. No dart remembers the one before. One or the other: add; blue or grey has 0.8. First this, then that: multiply; green twice has 0.2 · 0.2 = 0.04.

# %%
from nanochat.sampling import throw

line = torch.tensor([[0.5, 0.3, 0.2]])
rng = torch.Generator().manual_seed(3)
for darts in [10, 100, 10000]:
    hits = throw(line.expand(darts, 3), rng).flatten()
    print(darts, hits.bincount(minlength=3).tolist())

# %% [markdown]
# ## In the real code
#
# `best_shares` in `nanochat/sampling.py` subtracts the largest score, divides by the temperature, and takes softmax. `all_shares` asks it for every token. Here is your way beside it, for all 1,024 scores.

# %%
from nanochat.sampling import all_shares

def toy(scores):
    powers = (scores - scores.max()).double().exp()
    return powers / powers.sum()

def real(scores):
    return all_shares(scores[None, :], 1.0)[0]

compare(toy, real, last)

# %% [markdown]
# ## Investigate
#
# Now you see what temperature does: it divides the scores, so the gaps grow or shrink. At which temperature has the first token more than nine tenths? Guess, then move the slider. Change the text if you like.

# %%
ids = [tokenizer.get_bos_token_id(), *tokenizer.encode("One day, Tom")]
best = model(torch.tensor([ids]))[0, -1].topk(5)
names = [tokenizer.decode([i]) for i in best.indices.tolist()]

def draw(temperature):
    params = {"temperature": temperature}
    return picture("softmax_bars", logits=best.values, names=names, params=params)

explore(draw, temperature=(0.1, 2.0, 0.1))

# %% [markdown]
# ## Your turn: one score
#
# Work out the score of “ walk” after “Tom was”: `final` with that token's row of weights. The model bends it afterwards, so that it stays below 15; you want it unbent.

# %% exercise="score"
walk = tokenizer.encode(" walk")[0]
weights = model.lm_head.weight.detach()
answer = ...

check("score", answer, final=final, weights=weights, token=walk)

# %% [markdown]
# ## Your turn: softmax
#
# Write it as a function: a tensor of scores comes in, a tensor of shares goes out. It must work for scores of 1,000, too.

# %% exercise="softmax"
def softmax(scores):
    ...

check("softmax", softmax, scores=last)

# %% [markdown]
# ## Stretch: the dart
#
# Which piece does the dart hit? Walk along the line: in each round, move `end` to the end of piece i. If the dart lies before it, return `i`. (`if dart < end:` runs the lines set in below it only when that is so.)

# %% exercise="hit"
def hit(shares, dart):
    end = 0
    for i in range(len(shares)):
        ...

check("hit", hit, shares=[0.5, 0.3, 0.2])

# %% [markdown]
# ## Check yourself

# %%
quiz("q1")

# %%
quiz("q2")

# %%
quiz("q3")

# %% [markdown]
# ## Next
#
# You can read `guesses` of lesson 01 now. But how did `final` come to hold what it holds? Lesson 05, **A neuron and a network**, begins there.
#
# **Still a simplification:** the model also bends its scores (lesson 17), and unlikely tokens may be dropped before the dart is thrown (lesson 24).
