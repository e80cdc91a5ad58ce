# ---
# jupyter:
#   nanochat_learn:
#     id: 00_start_here
#     title: Start here
#     concepts: [foundations.tensors, architecture.transformer, tokenization.bpe]
#     minutes: 10
# ---

# %% [markdown]
# # Start here
#
# You are about to read a whole language model, **nanochat**, your own copy. This page is a quick look around. Never programmed? Begin with `01_talk_to_a_tiny_model.ipynb` and come back later.
#
# - The **graph** (on the left) shows the code and its ideas.
# - A **coloured mark** beside a line names its idea: click it.
# - The **concept panel** explains that idea.

# %% [markdown]
# ## Run your first cell
#
# The grey box below is a *cell*: a few lines of Python. Click into it and press **Shift + Enter** to run it. It looks for your copy of the model and says what it found.

# %%
from nanochat_learn.kernel.lesson import set_up

set_up()

# %% [markdown]
# ## Text becomes numbers
#
# A model cannot read letters. A *tokenizer* cuts text into pieces and gives each piece a number. This one learns its pieces from a few words. Look at the mark beside the line: click it to read about the idea.

# %%
from nanochat.tokenizer import Tokenizer

# @learn:tokenization.bpe
tokenizer = Tokenizer.train(["the cat sat on the mat."] * 20, vocab_size=280)
numbers = tokenizer.encode("the cat sat")
print(numbers)
print([tokenizer.decode([n]) for n in numbers])

# %% [markdown]
# ## Numbers go through the model
#
# Below is a very small model: two layers, 64 numbers wide. Its *shape* line reads: one text, so many positions, and for each position one score for every piece the tokenizer knows.

# %%
import torch
from nanochat.gpt import GPT, GPTConfig

sizes = {"n_layer": 2, "n_head": 4, "n_kv_head": 4, "n_embd": 64}
pieces = tokenizer.get_vocab_size()
config = GPTConfig(sequence_len=64, vocab_size=pieces, **sizes)
torch.manual_seed(0)
model = GPT(config)
model.init_weights()
# @learn:inference.logits
logits = model(torch.tensor([numbers]))
print("shape:", tuple(logits.shape))

# %% [markdown]
# ## It knows nothing yet
#
# This model has never been trained, so every piece gets the same score. The cell prints the smallest and the largest score at the last position: they are equal. Training is what makes them differ.

# %%
last = logits[0, -1]
print(last.min().item(), last.max().item())

# %% [markdown]
# ## Where next
#
# - Open `01_talk_to_a_tiny_model.ipynb`: it begins at the beginning.
# - Or open `nanochat/gpt.py` from the graph: search for `apply_rotary_emb`, press Enter, and click the mark beside it.
# - In the panel, **simpler** leads to what you need first, **deeper** to what builds on it.
