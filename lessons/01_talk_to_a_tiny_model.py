# ---
# jupyter:
#   nanochat_learn:
#     id: 01_talk_to_a_tiny_model
#     title: Talk to a tiny model
#     cluster: foundations
#     concepts: [foundations.next_token]
#     needs: []
#     minutes: 30
#     difficulty: 1
#     objectives:
#       - Run and change cells of a notebook
#       - Tell how a language model writes, one guess after the other
#       - Choose tokens by hand, as a model does, and say what temperature changes
#     items:
#       - {id: after_two_names, kind: prediction, concepts: [foundations.next_token]}
#       - {id: two_seeds, kind: prediction, concepts: [foundations.next_token]}
#       - {id: be_the_sampler, kind: exercise, concepts: [foundations.next_token]}
#       - {id: three_steps, kind: exercise, concepts: [foundations.next_token], stretch: true}
#       - {id: q1, kind: quiz, concepts: [foundations.next_token]}
#       - {id: q2, kind: quiz, concepts: [foundations.next_token]}
#       - {id: q3, kind: quiz, concepts: [foundations.next_token]}
# ---

# %% [markdown]
# # Talk to a tiny model
#
# A chat program seems to know what it wants to say. Inside, it does one small thing again and again: it guesses which little piece of text comes next. Here you talk to a real program of this kind, look at its guesses, and then do its job yourself.
#
# ![A text, and a bar for each piece that could come next](pictures/next_token_game.svg)

# %% [markdown]
# ## Your first cell
#
# The grey box below is a **cell**. It holds lines of Python, a language that tells computers what to do. Click into it, or walk there with the arrow keys, and press Shift + Enter. The cell runs, and its answer appears below. Lines with `import` fetch tools. Run all cells so, from top to bottom.

# %%
from nanochat_learn.kernel import set_up, predict, reveal, check, hint, solution, quiz
from nanochat_learn.kernel import compare, explore, picture

set_up("01_talk_to_a_tiny_model")

# %% [markdown]
# ## Say something
#
# The next cell loads a **model**: a program whose behaviour comes from numbers, here 851,968, instead of written rules. **Training** set them, step by step, while the model read thousands of little stories.
#
# Run the cell. Then change the sentence in quotes and run it again. By keyboard: the up arrow goes back, Enter opens the cell.

# %%
from nanochat.checkpoint import load_model
from nanochat.engine import Engine
from nanochat.scripts.chat_cli import Chat, say

model, tokenizer, notes = load_model("stories-chat")
chat = Chat(Engine(model, tokenizer))
say(chat, "Tell me a story about a red ball.")

# %% [markdown]
# ## What these lines mean
#
# `chat = …` gives something a name. What stands right of the equals sign is made first; from then on `chat` stands for it.
#
# `say(chat, "…")` is a call. A **function** is a piece of work with a name. The brackets hand over what it needs: here the chat and your sentence.

# %% [markdown]
# ## Look at the guesses
#
# Now a model that has not learned to chat: it continues stories. The next cell loads it and makes a function, `guesses`, that shows the likeliest next pieces of a text. You need not read its lines yet; what it shows is what counts.

# %%
import torch

model, tokenizer, notes = load_model("stories-base")

def guesses(text, most=5):
    """Print the likeliest next tokens; give back the first."""
    ids = [tokenizer.get_bos_token_id(), *tokenizer.encode(text)]
    best = model(torch.tensor([ids]))[0, -1].softmax(dim=-1).topk(most)
    words = [tokenizer.decode([i]) for i in best.indices.tolist()]
    for word, p in zip(words, best.values.tolist()):
        print(f"{p:7.2%}  {'█' * round(30 * p):30}  {word!r}")
    return words[0]

# %% [markdown]
# ## Guess first
#
# Before you look at a result, say what you expect. It is fine to be wrong: a guess that fails teaches more than an answer that you are told. Choose, store your guess, then run the cell below. Without a mouse: after Shift + Enter, Shift + Tab goes back to the question, arrow keys choose, Enter stores, Escape leaves.

# %%
predict("after_two_names")

# %%
first = guesses("Tom and Mia")
reveal("after_two_names", first)

# %% [markdown]
# ## Step 1: pieces
#
# Each piece is a **token**. Often it is a word with the space in front of it, as “ liked”; often it is a part of one: “ walk” and “ing”. All tokens that a model knows are its **vocabulary**. Ours has 1,024, and each has a number: computers work with numbers.

# %%
numbers = tokenizer.encode("Tom was walking")
print(numbers)
print([tokenizer.decode([n]) for n in numbers])

# %% [markdown]
# ## Step 2: how likely
#
# The model gives each of its 1,024 tokens a **probability**: a number from 0 (never) to 1 (always). All together make 1, or 100 %. So 62 % means: of 100 such texts, about 62 would go on like this.
#
# ![How likely each result is, and how often it came](pictures/dice_to_tokens.svg)
#
# Now the model: try other beginnings. Change the text in quotes and run the cell again.

# %%
first = guesses("One day, Tom")

# %% [markdown]
# ## Step 3: again
#
# One token is chosen and put at the end. Then the model guesses anew, from the longer text. Such work that comes round and round is a **loop**.
#
# Below, `+` glues two pieces of text together, and `text = …` gives the old name to the new text.

# %%
text = "Tom was"
text = text + guesses(text)
print(text)
text = text + guesses(text)
print(text)

# %% [markdown]
# ## Step 4: chance
#
# Always the likeliest token: always the same story. So most programs throw dice on which likely tokens have more faces. A **seed** is a number that tells the computer where to begin with its throws. The same seed gives the same throws. Throw some dice that have the model's own probabilities:

# %%
picture("dice_to_tokens", params={"die": 1})

# %%
engine = Engine(model, tokenizer)

def tell(prompt, temperature, seed):
    """The prompt, continued by 40 tokens."""
    return prompt + "".join(engine.generate_text(prompt, 40, temperature, seed=seed))

print(tell("One day, Tom", 1.0, seed=1))
print(tell("One day, Tom", 1.0, seed=2))

# %% [markdown]
# ## Cool or hot
#
# The text that you give is the **prompt**. The number 1.0 is the **temperature**. A lower one makes likely tokens even likelier; a higher one gives unlikely tokens a chance. At 0 the likeliest token always wins. What follows from that?

# %%
predict("two_seeds")

# %%
one = tell("One day, Tom", 0, seed=1)
two = tell("One day, Tom", 0, seed=2)
reveal("two_seeds", "the same" if one == two else "different")

# %% [markdown]
# ## In the real code
#
# `Engine` is how nanochat itself writes. Open `nanochat/engine.py` and find the marks beside `generate`: its lines guess, choose, put at the end, and begin again. Below, your way and the engine's write six tokens each, at temperature 0, and are compared token by token.

# %%
def by_hand(text):
    for step in range(6):
        text = text + guesses(text, 1)
    return torch.tensor(tokenizer.encode(text))

def by_engine(text):
    written = "".join(engine.generate_text(text, 6, 0))
    return torch.tensor(tokenizer.encode(text + written))

compare(by_hand, by_engine, "Tom was")

# %% [markdown]
# ## Investigate
#
# What do you expect at temperature 0.1, and what at 2? Move the slider and read. Then, in the picture below it, press “Write on”: there the model runs in the page, token by token, at a temperature that you choose.

# %%
def draw(temperature):
    print(tell("One day, Tom", temperature, seed=3))

explore(draw, temperature=(0.1, 2.0, 0.1))

# %%
picture("next_token_game", params={"temperature": 0.5})

# %% [markdown]
# ## Your turn: choose
#
# Now you take the model's place. Continue “One day, Tom” by two tokens: pick each from the five that `guesses` shows for the text so far, and write it in quotes in place of the dots, its space included. To see the offers for your second token, change the text under Step 2.

# %% exercise="be_the_sampler"
first = ...  # in quotes: a token that may follow "One day, Tom"
second = ...  # a token that may follow your longer text

answer = [first, second]
check("be_the_sampler", answer, text="One day, Tom", model=model, tokenizer=tokenizer)

# %% [markdown]
# Stuck? The verdict shows hints, one at a time; so does `hint("be_the_sampler")` in a cell.
#
# ## Stretch: be the loop
#
# Make a text three tokens longer, each time by the likeliest token, as in Step 3. The beginning may be your own.

# %% exercise="three_steps"
start = "Once upon a"
text = start
...

check("three_steps", text, start=start, model=model, tokenizer=tokenizer)

# %% [markdown]
# ## Check yourself
#
# Three questions. Each answer tells you why.

# %%
quiz("q1")

# %%
quiz("q2")

# %%
quiz("q3")

# %% [markdown]
# ## Next
#
# You saw the guesses, not where they come from. Inside are tables of numbers, so lesson 02, **Tensors and shapes**, is about such tables.
#
# **Still a simplification:** our model is tiny. Large ones know some 100,000 tokens and have thousands of millions of numbers. The loop is the same.
