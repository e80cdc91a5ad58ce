# ---
# jupyter:
#   nanochat_learn:
#     id: 05_a_neuron_and_a_network
#     title: A neuron and a network
#     cluster: foundations
#     concepts: [foundations.neural_network]
#     needs: [foundations.matmul]
#     minutes: 25
#     difficulty: 2
#     objectives:
#       - Say what a neuron does with its inputs, and why a network needs a bend.
#       - Build a network of two layers.
#       - Find a neuron in a trained model that wakes for one kind of word.
#     items:
#       - {id: both_up, kind: prediction, concepts: [foundations.neural_network]}
#       - {id: awake_row, kind: prediction, concepts: [foundations.neural_network]}
#       - {id: network, kind: exercise, concepts: [foundations.neural_network]}
#       - {id: both_switches, kind: exercise, concepts: [foundations.neural_network], stretch: true}
#       - {id: without_bend, kind: quiz, concepts: [foundations.neural_network]}
#       - {id: what_stays, kind: quiz, concepts: [foundations.neural_network]}
#       - {id: shape_of_product, kind: quiz, concepts: [foundations.matmul]}
# ---

# %% [markdown]
# # A neuron and a network
#
# A lamp on the stairs has two switches. Write 1 for up, 0 for down. The lamp is on when exactly one is up. Can multiplying and adding do that? Nearly. One small **bend** is missing. In the picture, move the first two sliders: which of the four circles are lit? (New words come below.)
#
# ![A neuron with two inputs, its weights, and the line where it bends](pictures/neuron_playground.svg)

# %%
from nanochat_learn.kernel import set_up, predict, reveal, check, hint, solution, quiz
from nanochat_learn.kernel import compare, explore, picture

set_up("05_a_neuron_and_a_network")

# %% [markdown]
# ## Sums alone
#
# A **weight** is a number that an input is multiplied by. Take one weight for each switch, multiply, and add up: that is a dot product. With weights 1 and 1, the sums of the first three settings come out right.

# %%
predict("both_up")

# %%
import torch

switches = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
lamp = torch.tensor([0.0, 1.0, 1.0, 0.0])  # what it should be
sums = switches @ torch.tensor([1.0, 1.0])
print("sums:", sums)
print("lamp:", lamp)
reveal("both_up", sums[3].item())  # row 3: both are up

# %% [markdown]
# Would other weights help? Move both sliders, and look for the four sums 0, 1, 1, 0.

# %%
def lamps(first, second):
    return switches @ torch.tensor([first, second])

explore(lamps, first=(-2.0, 2.0, 0.5, 1.0), second=(-2.0, 2.0, 0.5, 1.0))

# %% [markdown]
# It cannot be done. For 0, 1 the second weight must be 1; for 1, 0 the first must be 1. Then 1, 1 always gives 2. With sums alone, two reasons for light are twice as good as one. “One, but not both” cannot be said.

# %% [markdown]
# ## A neuron bends
#
# A **neuron** adds up its inputs, each times its weight, and then bends the sum. Our bend is called ReLU²: a negative sum becomes 0, a positive one is squared. A neuron that gives 0 is *asleep*, otherwise it is *awake*.
#
# Neuron 0 gets the weights 1 and −1, neuron 1 gets −1 and 1.

# %%
predict("awake_row")

# %%
A = torch.tensor([[1.0, -1.0], [-1.0, 1.0]])  # a row of weights for each neuron
wide = switches @ A.T  # .T: rows become columns
bent = wide.relu().square()  # negative → 0, then the square
print(wide)
print(bent)
reveal("awake_row", bent[:, 1].argmax().item())  # column 1; argmax: place of the largest

# %% [markdown]
# Each neuron watches for one case. Row 2 of the sums is 1 and −1: neuron 0 is awake, neuron 1 asleep. In the picture, point at a cell of the result: its row holds the switches, its column the weights of one neuron.

# %%
picture("matmul_cells", x=switches, w=A.T)

# %% [markdown]
# Go back to the [picture at the top](#A-neuron-and-a-network). Set its first two sliders to −1 and 1: its first map now shows neuron 1. Every point is a pair of inputs, dark where the neuron sleeps. Move the weights. What turns the line, what moves the bright side?

# %% [markdown]
# What a neuron hands on is its **activation**. Neurons side by side on the same inputs make a **layer**. A second layer can work on the activations of the first:

# %%
B = torch.tensor([[1.0, 1.0]])  # one output: both activations, each times 1
print(bent @ B.T)

# %% [markdown]
# 0, 1, 1, 0: the lamp. Layers with a bend between them are a **neural network**. Take the bend away and two layers are two matrix products in a row, which one single matrix can do as well.

# %% [markdown]
# ## Learning
#
# Nobody types in the weights. They start at random and improve in steps. Neuron 0 hands on 1, its weight in `B` is 0.5, the output should be 1. The **error**, squared, is 0.25. Its **slope** tells how it changes when the weight grows: 2 · (0.5 − 1) = −1. It falls, so step upwards, by a part of the slope.

# %%
def learn(part):
    weight = 0.5
    for step in range(6):
        error = (weight - 1) ** 2  # ** 2: squared
        slope = 2 * (weight - 1)
        print("step", step, "weight", round(weight, 3), "error", round(error, 4))
        weight = weight - part * slope  # the step

explore(learn, part=(0.05, 1.2, 0.05, 0.25))

# %% [markdown]
# With a part of 0.25, the error shrinks to a quarter with each step. Move the slider to 1.1. What happens, and why? All weights together, with very many examples: that is **training**.

# %% [markdown]
# In the second map of the [picture at the top](#A-neuron-and-a-network), eight neurons learn the lamp. Move *steps*. Then try another *start*: do they always get there? (*Bias* is a number added to the sum of a neuron. Our model does without.)

# %% [markdown]
# ## In the real code
#
# In [`nanochat/gpt.py`](../nanochat/gpt.py), find `MLP`. It is such a network: `c_fc` holds the weights of the first layer, `c_proj` those of the second. Put yours in, and give both the switches.

# %%
from nanochat.gpt import MLP, GPTConfig

mlp = MLP(GPTConfig(n_embd=2, n_head=1, n_kv_head=1))  # 2 numbers come in
mlp.c_fc.weight.data, mlp.c_proj.weight.data = A, B

# @learn:foundations.neural_network
def toy(x):
    return (x @ A.T).relu().square() @ B.T

def real(x):
    return mlp(x).detach()  # detach: the numbers alone, no learning

compare(toy, real, switches)

# %% [markdown]
# ## Investigate: one neuron of a trained model
#
# The shipped model has such a network in each layer, with 512 neurons. Below it reads a text, and `TraceContext` keeps the activations of the last layer. Choose among the twelve that wake most: a line for each token. One knows *colours*: which? Then try other words.

# %%
from nanochat.checkpoint import load_model
from nanochat_learn.kernel import TraceContext

model, tokenizer, _ = load_model("stories-base")
prompt = "Tom had a red ball, a green kite and a blue cup. He was sad."
ids = [tokenizer.get_bos_token_id(), *tokenizer.encode(prompt)]  # bos: a text begins
with TraceContext(model, "mlp.post", tokenizer=tokenizer, dtype="float32") as trace:
    model(torch.tensor([ids]))
last = model.config.n_layer - 1
awake = torch.tensor(trace[f"blocks.{last}.mlp.post"][0])  # a row for each token
print(f"{(awake == 0).float().mean().item():.0%} of all activations are 0: asleep")

# %%
def draw(neuron):
    values = awake[:, neuron].tolist()
    top = max(values) or 1  # 1 where all are 0
    lines = []
    for id, value in zip(ids, values):
        bar = "█" * round(30 * value / top)
        lines.append(f"{tokenizer.decode([id]):>10} {value:8.1f} {bar}")
    return "\n".join(lines)

explore(draw, neuron=awake.amax(dim=0).topk(12).indices.tolist())  # the most awake

# %% [markdown]
# ## Exercise
#
# Write the network as a function of any inputs `x` and any weights `A` and `B`. Replace each `...`; running the cell gives the verdict, and hints if you want them.

# %% exercise="network"
def network(x, A, B):
    wide = ...  # the sums of the first layer
    bent = ...  # the bend
    return ...  # the second layer

check("network", network)

# %% [markdown]
# **Stretch.** Another lamp is on only when *both* switches are up. Three neurons are given. Which weights must the second layer give them? Negative ones and parts of 1 are allowed.

# %% exercise="both_switches"
A3 = torch.tensor([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0]])
B3 = ...  # torch.tensor([[…, …, …]])
check("both_switches", B3, A=A3, switches=switches)

# %% [markdown]
# ## Check

# %%
quiz("without_bend")

# %%
quiz("what_stays")

# %%
quiz("shape_of_product")

# %% [markdown]
# ## Next
#
# A network takes numbers, and you write letters. Before a model can read, text must become numbers. So lesson 06 is **Text is bytes**, and the second cluster begins.

# %% [markdown]
# > **Still a simplification.** One weight learns quickly; millions need the slope of all weights at once (*backpropagation*) and a cleverer step. And a neuron seldom stands for one idea: the one for colours is a lucky find, most wake for several things.
