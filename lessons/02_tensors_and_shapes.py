# ---
# jupyter:
#   nanochat_learn:
#     id: 02_tensors_and_shapes
#     title: Tensors and shapes
#     cluster: foundations
#     concepts: [foundations.tensors, foundations.broadcasting]
#     needs: [foundations.next_token]
#     minutes: 35
#     difficulty: 1
#     objectives:
#       - Take any number, row or column out of a table by its address
#       - Tell the shape of a tensor before you see it
#       - Combine two tables of different shape, and say which shapes fit
#     items:
#       - {id: second_entry, kind: prediction, concepts: [foundations.tensors]}
#       - {id: column_shape, kind: prediction, concepts: [foundations.tensors]}
#       - {id: sum_shape, kind: prediction, concepts: [foundations.broadcasting]}
#       - {id: last_token, kind: exercise, concepts: [foundations.tensors]}
#       - {id: per_shelf, kind: exercise, concepts: [foundations.broadcasting, foundations.tensors]}
#       - {id: may_look, kind: exercise, concepts: [foundations.broadcasting], stretch: true}
#       - {id: q1, kind: quiz, concepts: [foundations.tensors]}
#       - {id: q2, kind: quiz, concepts: [foundations.broadcasting]}
#       - {id: q3, kind: quiz, concepts: [foundations.next_token]}
# ---

# %% [markdown]
# # Tensors and shapes
#
# You give a model 2 texts. Each has 3 tokens, and 4 numbers stand for each token. That makes 24 numbers. Laid in one long row, to which text does number 17 belong? Stacked as two tables, every number has an address. Press “Play” to see them grow.
#
# ![Two tables of three rows and four columns, and the same numbers as one row](pictures/tensor_shapes.svg)

# %%
from nanochat_learn.kernel import set_up, predict, reveal, check, hint, solution, quiz
from nanochat_learn.kernel import compare, explore, picture

set_up("02_tensors_and_shapes")

# %% [markdown]
# ## Lists
#
# A list is several things in square brackets, with commas between them. Each has a place, its **index**, and counting begins at 0. `prices[0]` takes out the first thing, `len(prices)` counts all. What, then, is `prices[1]`?

# %%
predict("second_entry")

# %%
prices = [10, 20, 30]
print(prices[0], len(prices))
reveal("second_entry", prices[1])

# %% [markdown]
# ## Tables
#
# A **tensor** is a table of numbers with any number of directions. `torch`, nanochat's toolbox for tables, makes one from lists. Its **shape** says how long each direction is: (2, 3) is 2 rows and 3 columns. Each direction is a **dimension**, counted from 0 as well.

# %%
import torch

table = torch.tensor([[10, 20, 30], [40, 50, 60]])
print(table)
print(tuple(table.shape))

# %% [markdown]
# ## Addresses
#
# `table[1, 0]` is row 1, column 0. With one number you get a whole row. A colon means “all of them”: `table[:, 0]` takes number 0 of every row.
#
# A plain list of three numbers has the shape (3,). The comma is Python's habit. Which shape has column 0?

# %%
predict("column_shape")

# %%
print("one number:", table[1, 0])
print("one row:   ", table[1])
column = table[:, 0]
print("one column:", column)
reveal("column_shape", tuple(column.shape))

# %% [markdown]
# ## Stacks
#
# Now the 24 numbers. `torch.arange(24)` counts from 0 to 23, and `.view(2, 3, 4)` draws boxes around them, the outermost first: 2 texts, 3 tokens each, 4 numbers for each. No number moves. Number 17 has the address [1, 1, 1]: text 1, token 1, number 1.

# %%
stack = torch.arange(24).view(2, 3, 4)
print(stack)
print(stack[1, 1, 1])

# %% [markdown]
# nanochat calls these sizes B (texts), T (tokens) and C (numbers for each token). Go through the first three steps of the picture: the boxes change, never the order. Try other sizes and multiply them: that is how many numbers there are. (The last two steps are for lesson 13.)

# %%
picture("tensor_shapes", params={"B": 2, "T": 3, "C": 4, "step": 2})

# %% [markdown]
# ## Two shapes meet
#
# Adding tables of one shape is clear: place by place. But here a list of 3 meets a table of 2 rows. **Broadcasting** uses the smaller one again for every row, as if it had been copied.
#
# ![A row of numbers, used again for each row of a table](pictures/broadcasting.svg)

# %%
changes = torch.tensor([1, 2, 3])
print(table + changes)

# %% [markdown]
# ## The rule
#
# Write both shapes under each other and compare from the right. Two sizes fit if they are equal, or if one is 1. A size of 1, or one that is missing, is stretched. So (2, 3) and (3,) fit. But (2, 3) and (2,) do not: 3 meets 2.

# %%
predict("sum_shape")

# %%
upright = torch.tensor([[0], [1], [2]])
flat = torch.tensor([[1, 10]])
print(upright * flat)
reveal("sum_shape", tuple((upright * flat).shape))

# %%
params = {"rows1": 3, "columns1": 1, "rows2": 1, "columns2": 2, "times": 1}
picture("broadcasting", params=params)

# %% [markdown]
# ## Stand up, lie down
#
# `None` in an address puts a dimension of size 1 there. So `x[:, None]` stands a list upright, and `x[None, :]` makes a row of it.

# %%
x = torch.tensor([0, 1, 2])
print(tuple(x.shape), tuple(x[:, None].shape), tuple(x[None, :].shape))
print(x[:, None])

# %% [markdown]
# ## In the real code
#
# The numbers that training has set are called **weights**. One table of them has a row for each token, its **embedding**. With every text, nanochat's model first takes the rows of its tokens. Its part `wte` does so; `rows` does it with an address. Look for `self.wte` in `nanochat/gpt.py`.

# %%
from nanochat.checkpoint import load_model

model, tokenizer, notes = load_model("stories-base")
texts = [" Tom had a kite", " Lily saw the drum"]
ids = torch.tensor([tokenizer.encode(text) for text in texts])  # numbers of tokens
print("ids:", tuple(ids.shape), " table:", tuple(model.wte.weight.shape))

def rows(ids):
    return model.wte.weight[ids]

compare(rows, model.wte, ids)

# %% [markdown]
# ## Investigate
#
# Choose another text. Which sizes change with it, and which never do? Guess before you look.

# %%
def draw(text):
    ids = torch.tensor([tokenizer.encode(text)])
    print("numbers of the tokens:", tuple(ids.shape))
    print("their rows:           ", tuple(model.wte(ids).shape))
    print("what the model says:  ", tuple(model(ids).shape))

longer = "Once upon a time, Tom had a kite."
explore(draw, text=[" Tom", " Tom had", " Tom had a kite", longer])

# %% [markdown]
# ## Your turn: the last token
#
# `x` holds the rows of both texts: 2 texts, 4 tokens each. Take out the list of numbers of the last token of the second text.

# %% exercise="last_token"
x = model.wte(ids)
answer = ...

check("last_token", answer, x=x)

# %% [markdown]
# ## Your turn: one change for each shelf
#
# Rows are shelves. Everything on shelf 0 gets dearer by 1, on shelf 1 by 2, on shelf 2 by 3. Careful: both sizes are 3, so a mistake gives no error.

# %% exercise="per_shelf"
shelves = torch.tensor([[10, 20, 30], [40, 50, 60], [70, 80, 90]])
more = torch.tensor([1, 2, 3])
answer = ...

check("per_shelf", answer, shelves=shelves, more=more)

# %% [markdown]
# ## Stretch: who may look at whom
#
# In a model, each token looks at itself and at earlier ones. Make the table of `True` and `False`: row 2, column 0 says whether token 2 may look at token 0. `<=` compares as `+` adds. nanochat's `visible` does the same.

# %% exercise="may_look"
place = torch.arange(4)
answer = ...

check("may_look", answer, place=place)

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
# A row of numbers stands for each token. Which rows go together? Lesson 03, **Dot product and matrix multiplication**, makes one number of two lists that tells.
#
# **Still a simplification:** real models keep numbers in shorter formats, with fewer digits. The shapes are the same.
