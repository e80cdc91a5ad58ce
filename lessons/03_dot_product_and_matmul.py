# ---
# jupyter:
#   nanochat_learn:
#     id: 03_dot_product_and_matmul
#     title: Dot product and matrix multiplication
#     cluster: foundations
#     concepts: [foundations.dot_product, foundations.matmul]
#     needs: [foundations.tensors]
#     minutes: 45
#     difficulty: 2
#     objectives:
#       - Write a loop and a function of your own
#       - Work out a dot product, and say what its sign tells
#       - Multiply two tables, and tell beforehand which shapes fit
#     items:
#       - {id: film_b, kind: prediction, concepts: [foundations.dot_product]}
#       - {id: pay_shape, kind: prediction, concepts: [foundations.matmul]}
#       - {id: dot, kind: exercise, concepts: [foundations.dot_product]}
#       - {id: multiply, kind: exercise, concepts: [foundations.matmul, foundations.dot_product]}
#       - {id: nearest, kind: exercise, concepts: [foundations.dot_product, foundations.matmul], stretch: true}
#       - {id: q1, kind: quiz, concepts: [foundations.dot_product]}
#       - {id: q2, kind: quiz, concepts: [foundations.matmul]}
#       - {id: q3, kind: quiz, concepts: [foundations.tensors]}
# ---

# %% [markdown]
# # Dot product and matrix multiplication
#
# Films are rated from −6 to 6: how funny, how scary. Film A has (3, 1), film B (−1, 3), film C (−3, −1). You like funny films, and scary ones a little: (3, 1) too. Which film suits you? One number should tell.
#
# ![Two arrows, and the number that says how well they go together](pictures/dot_product.svg)

# %%
from nanochat_learn.kernel import set_up, predict, reveal, check, hint, solution, quiz
from nanochat_learn.kernel import compare, explore, picture

set_up("03_dot_product_and_matmul")

# %% [markdown]
# ## Pair by pair
#
# A list of numbers is also called a **vector**. Multiply the first numbers of two vectors, then the second ones, and add the products: this is their **dot product**. You and film A: 3 · 3 + 1 · 1 = 10. Equal signs add something, different signs take something away. And film B?

# %%
predict("film_b")

# %%
you, film_b = [3, 1], [-1, 3]
result = you[0] * film_b[0] + you[1] * film_b[1]
reveal("film_b", result)

# %% [markdown]
# ## Loops
#
# Vectors in a model have hundreds of numbers. `for i in range(3):` repeats the lines below it that are set in by four spaces, first with `i` as 0, then 1, then 2. `range(len(a))` goes through every index of `a`. Watch `total` grow.

# %%
a = [1, 2, 3]
b = [4, 0, -1]
total = 0
for i in range(len(a)):
    total = total + a[i] * b[i]
    print("index", i, "product", a[i] * b[i], "total", total)

# %% [markdown]
# ## Functions of your own
#
# `def` gives lines of work a name. In the brackets stand the **arguments**: names for what will be handed over. `return` says what comes back, and ends the work. What belongs to the function is set in, too.

# %%
def price_of(pieces, price):
    total = pieces * price
    return total

print(price_of(3, 2), price_of(2, 10))

# %% [markdown]
# ## As arrows
#
# Draw a vector as an arrow: so far to the right, so far up. The dot product is large if two arrows point the same way, 0 at a right angle, and negative if they point apart. Length counts too: (6, 2) points like (3, 1), but gives 20. Change the film and watch the sign.

# %%
picture("dot_product", you=you, film=film_b)

# %% [markdown]
# ## Many at once
#
# Two people buy bread, milk and eggs. Two shops have different prices. Who pays what where? That is four dot products. **Matrix multiplication** does all of them: each row of one **matrix** (a table of numbers) with each column of another. In code it is `@`.

# %%
predict("pay_shape")

# %%
import torch

amounts = torch.tensor([[1.0, 1.0, 1.0], [2.0, 0.0, 1.0]])
prices = torch.tensor([[1.0, 2.0], [2.0, 1.0], [1.0, 3.0]])
paid = amounts @ prices
print(paid)
reveal("pay_shape", tuple(paid.shape))

# %% [markdown]
# ## Rows with columns
#
# `@` means matrix multiplication. Between two vectors it is the dot product. The inner sizes, 3 and 3, must be equal, and they vanish; the outer ones stay. `*` is something else: it works place by place and adds nothing up. Point at a cell of the result.

# %%
print(amounts[1] @ prices[:, 1])
picture("matmul_cells", x=amounts, w=prices)

# %% [markdown]
# ## In the real code
#
# A **linear layer** multiplies what comes in by a table of weights. nanochat's `Linear` (in `nanochat/gpt.py`) keeps a row of weights for each result. So it multiplies by `weight.T`, the table turned on its side: rows become columns. To do so is to **transpose** it.

# %% [markdown]
# `by_hand` takes each token's vector with each row of weights. `[… for row in x]` is a loop that makes a list of its results, and `stack` makes one tensor of a list of tensors.

# %%
from nanochat.checkpoint import load_model

model, tokenizer, notes = load_model("stories-base")
layer = model.blocks[0].mlp.c_fc
x = model.wte(torch.tensor(tokenizer.encode(" Tom had a kite")))
print("tokens:", tuple(x.shape), " weight.T:", tuple(layer.weight.T.shape))

def by_hand(x):
    return torch.stack([torch.stack([row @ w for w in layer.weight]) for row in x])

compare(by_hand, layer, x, tolerance=1e-3)

# %% [markdown]
# ## Investigate
#
# Every token has a vector in the model. Which vectors point the same way? `norm` brings all to one length, so that the direction alone counts. Nobody told the model what a colour or a weekday is. What do you expect? (A word goes best with itself.)

# %%
from nanochat.gpt import norm

def alike(word):
    vectors = norm(model.wte.weight)
    results = vectors @ vectors[tokenizer.encode(word)[0]]
    for i in results.topk(7).indices.tolist():
        print(f"{results[i]:5.0f}  {tokenizer.decode([i])!r}")

explore(alike, word=[" red", " Tom", " Monday", " kite", " had"])

# %% [markdown]
# ## Your turn: the dot product
#
# Make a function of the loop under “Loops”. It gets two lists of equal length and gives back one number. Keep the last line: it hands your function to the check, which calls it.

# %% exercise="dot"
def dot(a, b):
    ...

check("dot", dot, a=a, b=b)

# %% [markdown]
# ## Your turn: one cell of the result
#
# Two loops walk over all cells. Replace the 0: cell (i, j) needs row i of `x` and column j of `w`. You may use `@` between two vectors.

# %% exercise="multiply"
def multiply(x, w):
    y = torch.zeros(len(x), w.shape[1])
    for i in range(len(x)):
        for j in range(w.shape[1]):
            y[i, j] = 0
    return y

check("multiply", multiply, x=amounts, w=prices)

# %% [markdown]
# ## Stretch: the nearest word
#
# `table` has a row for each of six words, `target` is the vector of “ red”. Find the place of the word that points most like it, without a loop. `.argmax()` gives the index of the largest number.

# %% exercise="nearest"
words = [" Monday", " had", " Lily", " green", " drum", " to"]
table = norm(model.wte(torch.tensor([tokenizer.encode(w)[0] for w in words])))
target = norm(model.wte(torch.tensor(tokenizer.encode(" red")[0])))
answer = ...

check("nearest", answer, table=table, target=target, words=words)

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
# A model ends with one number for each possible next token: dot products again. Lesson 04, **From scores to probabilities**, makes chances of them.
#
# **Still a simplification:** fast programs do these sums in another order and many at a time. The last digits may differ, as you saw.
