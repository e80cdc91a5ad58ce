"""Writing rows: seeds, ends, the tool, text as it comes, and refusals."""

from __future__ import annotations

import pytest
import torch

from nanochat import calculator
from nanochat.engine import Engine
from nanochat.gpt import GPT
from nanochat.tokenizer import Tokenizer

TOKENIZER = Tokenizer.train(["the cat sat on the mat and the other cat sat on the hat"], 290)
V = TOKENIZER.get_vocab_size()
BOS = TOKENIZER.get_bos_token_id()
END = TOKENIZER.encode_special("<|assistant_end|>")


@pytest.fixture
def engine(make) -> Engine:
    return Engine(make("grouped", vocab_size=V), TOKENIZER)


# --- a whole text -------------------------------------------------------------------------


def test_the_same_seed_says_the_same(engine: Engine) -> None:
    one, same, other = (engine.generate_batch([1, 2], 1, 30, seed=s)[0] for s in (1, 1, 2))
    assert one == same
    assert one != other


def test_a_row_does_not_depend_on_how_many_there_are(engine: Engine) -> None:
    many, _ = engine.generate_batch([1, 2], 6, 30)
    few, _ = engine.generate_batch([1, 2], 2, 30)
    assert many[:2] == few
    assert len({tuple(row) for row in many}) == 6


def test_generating_leaves_the_callers_chance_and_modes_alone(engine: Engine) -> None:
    before = torch.get_rng_state()
    for _ in engine.generate([1], 2, 3):
        assert not torch.is_inference_mode_enabled()
        torch.ones(1, requires_grad=True).sum().backward()
    assert torch.equal(before, torch.get_rng_state())


def test_columns_and_masks(engine: Engine) -> None:
    engine.terminals = set()
    columns = list(engine.generate([1, 2, 3], num_samples=4, max_tokens=5))
    assert len(columns) == 5
    for column, mask in columns:
        assert len(column) == len(mask) == 4
        assert all(0 <= token < V for token in column)
        assert mask == [1, 1, 1, 1]
    texts, masks = engine.generate_batch([1, 2, 3], num_samples=4, max_tokens=5)
    assert texts == [[1, 2, 3, *(column[r] for column, _ in columns)] for r in range(4)]
    assert masks == [[0, 0, 0, 1, 1, 1, 1, 1]] * 4


class Scripted(GPT):
    """Says what it is told: row by row, one token a step; counts the rows it is asked for."""

    def follow(self, script: list[list[int]]) -> Scripted:
        self.script, self.step, self.asked = script, 0, []
        self.alive = list(range(len(script)))
        return self

    def forward(self, idx, targets=None, kv_cache=None, loss_reduction="mean", last_only=False):
        kv_cache.advance(idx.size(1))
        self.asked.append(tuple(idx.shape))
        if self.step:  # rows that ended are not asked for again
            self.alive = [r for r in self.alive if self.script[r][self.step - 1] not in (BOS, END)]
            assert idx[:, 0].tolist() == [self.script[r][self.step - 1] for r in self.alive]
        wanted = [self.script[r][self.step] for r in self.alive]
        self.step += 1
        logits = torch.full((len(wanted), 1, self.config.vocab_size), -50.0)
        for row, token in enumerate(wanted):
            logits[row, 0, token] = 50.0
        return logits[: len(idx)]


def test_rows_that_ended_stop_and_cost_nothing(make) -> None:
    model = make(vocab_size=V)
    model.__class__ = Scripted
    # all rows share the first scores, so all begin alike
    script = [[7, 8, END], [7, BOS], [7, 9, 10, 11, END]]
    model.follow(script)
    columns = list(Engine(model, TOKENIZER).generate([1, 2], 3, max_tokens=20))
    assert [column for column, _ in columns] == [
        [7, 7, 7],
        [8, BOS, 9],
        [END, None, 10],
        [None, None, 11],
        [None, None, END],
    ]
    assert [mask for _, mask in columns][2:4] == [[1, 0, 1], [0, 0, 1]]
    assert model.asked == [(1, 2), (3, 1), (2, 1), (1, 1), (1, 1)]  # and none after the end


def test_a_batch_leaves_the_ends_out(make) -> None:
    model = make(vocab_size=V)
    model.__class__ = Scripted
    model.follow([[7, 8, END], [7, BOS]])
    texts, masks = Engine(model, TOKENIZER).generate_batch([1, 2], 2, 9)
    assert texts == [[1, 2, 7, 8], [1, 2, 7]]
    assert masks == [[0, 0, 1, 1], [0, 0, 1]]


def test_no_step_is_made_after_the_last_token(make) -> None:
    model = make(vocab_size=V)
    model.__class__ = Scripted
    model.follow([[7, 8, 9]])
    assert Engine(model, TOKENIZER).generate_batch([1], 1, 3)[0] == [[1, 7, 8, 9]]
    assert len(model.asked) == 3


def test_a_padded_vocabulary_is_never_sampled(make) -> None:
    writer = Engine(make(vocab_size=V + 200), TOKENIZER)
    texts, _ = writer.generate_batch([1], 4, 60, temperature=10.0)
    assert max(map(max, texts)) < V


def test_prompts_that_cannot_be_continued_are_refused_at_once(engine: Engine) -> None:
    for tokens, sentence in [
        ([], "The prompt is empty. Begin with the token"),
        ([1] * 65, "The prompt has 65 tokens, but this model reads at most 64. Keep the last 64"),
        ([1, V], f"The prompt holds {V}, but ids go from 0 to {V - 1}"),
        ([-1], "The prompt holds -1"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            engine.generate(tokens)
        with pytest.raises(ValueError, match=sentence):
            engine.generate_batch(tokens)


def test_lengths_at_the_boundary(engine: Engine) -> None:
    engine.terminals = set()
    assert len(list(engine.generate([1] * 64))) == 1  # full: one more can be written
    assert len(list(engine.generate([1] * 60, max_tokens=5))) == 5
    assert list(engine.generate([1], max_tokens=0)) == []
    with pytest.raises(ValueError, match=r"max_tokens is 6, but after 60 tokens .* write 0 to 5"):
        engine.generate([1] * 60, max_tokens=6)
    with pytest.raises(ValueError, match="max_tokens is -1"):
        engine.generate([1], max_tokens=-1)
    with pytest.raises(ValueError, match="num_samples is 0"):
        engine.generate([1], num_samples=0)


def test_a_model_too_small_for_its_tokenizer_is_refused(make) -> None:
    with pytest.raises(ValueError, match=f"has {V} tokens, but the model only knows 280"):
        Engine(make(vocab_size=280), TOKENIZER)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"temperature": -0.1}, "temperature is -0.1"),
        ({"top_k": -1}, "top_k is -1"),
        ({"top_p": 0}, "top_p is 0"),
    ],
)
def test_odd_sampling_is_refused_at_once(engine: Engine, settings: dict, sentence: str) -> None:
    for start in (engine.generate, engine.generate_batch, engine.generate_text):
        with pytest.raises(ValueError, match=sentence):
            start([1], **settings)


def test_a_broken_model_is_not_sampled_from(engine: Engine) -> None:
    with torch.no_grad():
        engine.model.lm_head.weight[0, 0] = float("nan")
    for temperature in (0, 1):
        with pytest.raises(ValueError, match="Its weights are broken"):
            list(engine.generate([1], 2, 5, temperature))


# --- the tool -----------------------------------------------------------------------------

ASK, ASKED = (TOKENIZER.encode_special(f"<|python_{end}|>") for end in ("start", "end"))
TOLD, DONE = (TOKENIZER.encode_special(f"<|output_{end}|>") for end in ("start", "end"))


class Says(GPT):
    """Says, row by row, what it is told, whatever it reads; keeps what it has read."""

    def follow(self, script: list[list[int]], ends: tuple[int, ...] = (BOS, END)) -> Says:
        self.script, self.ends, self.step, self.read = script, ends, 0, []
        return self

    def forward(self, idx, targets=None, kv_cache=None, loss_reduction="mean", last_only=False):
        kv_cache.advance(idx.size(1))
        self.read.append(idx.tolist())
        logits = torch.full((len(idx), 1, self.config.vocab_size), -50.0)
        for row in range(len(idx)):
            logits[row, 0, self.script[row][self.step]] = 50.0
        self.step += 1
        return logits


def says(make, *script: list[int], tool=calculator.answer) -> tuple[Engine, Says]:
    model = make(vocab_size=V)
    model.__class__ = Says
    return Engine(model.follow(list(script)), TOKENIZER, tool=tool), model


def ids(text: str) -> list[int]:
    return TOKENIZER.encode(text)


def test_the_answer_is_forced_and_the_model_reads_it(make) -> None:
    question, told = ids("17+25"), [TOLD, *ids("42"), DONE]
    junk = [3] * len(told)  # what the model would have said in place of the answer
    writer, model = says(make, [ASK, *question, ASKED, *junk, 8, END])
    columns = list(writer.generate([1], max_tokens=40))
    assert [column for (column,), _ in columns] == [ASK, *question, ASKED, *told, 8, END]
    free, forced = len(question) + 2, len(told)
    assert [mask for _, (mask,) in columns] == [1] * free + [0] * forced + [1, 1]
    assert model.read[1:] == [[[column]] for (column,), _ in columns][:-1]


def test_only_the_row_that_asked_is_told(make) -> None:
    question = ids("2*3")
    asking = [7, ASK, *question, ASKED, 3, 3, 3, 9, 9]
    other = [7, *range(40, 40 + len(asking) - 1)]
    writer, model = says(make, asking, other)
    model.forward = lambda idx, **more: Says.forward(model, idx, **more)
    columns = list(writer.generate([1], 2, len(asking), temperature=0))
    assert [row for (row, _), _ in columns][-5:] == [TOLD, *ids("6"), DONE, 9, 9]
    assert [mask for _, (mask, _) in columns][-5:] == [0, 0, 0, 1, 1]
    assert [row for (_, row), _ in columns] == other
    assert all(mask for _, (_, mask) in columns)


@pytest.mark.parametrize("question", ["17+", "import os", "2**99"])
def test_without_an_answer_nothing_is_forced(make, question: str) -> None:
    script = [ASK, *ids(question), ASKED, 8, 9, END]
    columns = list(says(make, script)[0].generate([1], max_tokens=40))
    assert [column for (column,), _ in columns] == script
    assert all(mask for _, (mask,) in columns)


def test_the_tool_can_be_another_or_none(make) -> None:
    asked = []
    script = [ASK, *ids("a b"), ASKED, *[3] * 9, END]
    tool = lambda question: asked.append(question) or "the hat"  # noqa: E731
    texts, masks = says(make, script, tool=tool)[0].generate_batch([1], 1, 30)
    assert asked == ["a b"]
    assert TOKENIZER.decode(texts[0][1:]).startswith(
        "<|python_start|>a b<|python_end|><|output_start|>the hat<|output_end|>"
    )
    assert masks[0].count(0) == 1 + 2 + len(ids("the hat"))  # the prompt, and what was told
    texts, masks = says(make, script, tool=None)[0].generate_batch([1], 1, 30)
    assert texts[0] == [1, *script[:-1]]


def test_odd_marks_ask_nothing(make) -> None:
    for script in (
        [ASKED, 8, END],  # an end without a beginning
        [ASK, 8, END],  # a beginning without an end
        [TOLD, *ids("42"), DONE, END],  # an answer that the model made up
    ):
        columns = list(says(make, script)[0].generate([1], max_tokens=20))
        assert [column for (column,), _ in columns] == script
    # a question that begins anew counts from there
    script = [ASK, *ids("1+"), ASK, *ids("2+2"), ASKED, 3, 3, 3, END]
    assert ids("4")[0] in says(make, script)[0].generate_batch([1], 1, 30)[0][0]


def test_a_question_still_open_in_the_prompt_is_gone_on_with(make) -> None:
    told = [TOLD, *ids("42"), DONE]
    writer, _ = says(make, [*ids("25"), ASKED, *[3] * len(told), 8])
    most = len(ids("25")) + 1 + len(told) + 1
    texts, _ = writer.generate_batch([1, ASK, *ids("17+")], 1, most)
    assert texts[0][-len(told) - 1 :] == [*told, 8]
    writer, _ = says(make, [*[3] * len(told), 8])  # complete, but not answered yet
    texts, _ = writer.generate_batch([1, ASK, *ids("17+25"), ASKED], 1, len(told) + 1)
    assert texts[0][-len(told) - 1 :] == [*told, 8]
    writer, _ = says(make, [8, 9])  # answered already
    texts, _ = writer.generate_batch([1, ASK, *ids("17+25"), ASKED, *told], 1, 2)
    assert texts[0][-2:] == [8, 9]


# --- text as it comes ---------------------------------------------------------------------


def test_text_comes_piece_by_piece_and_whole_characters_only(make) -> None:
    script = [*"né🙂!".encode(), END, 65]
    pieces = list(says(make, script)[0].generate_text("the cat", 30))
    assert pieces == ["n", "é", "🙂", "!"]


def test_half_a_character_at_the_end_is_shown_as_broken(make) -> None:
    broken = "🙂".encode()[:3]
    assert "".join(says(make, [65, *broken, END])[0].generate_text("a", 30)) == "A\ufffd"
    # a mark cannot stand inside a character
    assert "".join(says(make, [*broken, ASK, 65, END])[0].generate_text("a", 30)) == "\ufffd[A"


def test_a_sum_is_shown_with_its_answer(make) -> None:
    told = [TOLD, *ids("42"), DONE]
    script = [*ids("so "), ASK, *ids("17+25"), ASKED, *[3] * len(told), *ids(" it is"), END]
    assert "".join(says(make, script)[0].generate_text("a", 50)) == "so [17+25] = [42] it is"


def test_a_text_prompt_opens_a_document_and_ids_stay_as_they_are(make) -> None:
    for prompt, read in (("the cat", [BOS, *ids("the cat")]), ("", [BOS]), ([5, 6], [5, 6])):
        writer, model = says(make, [END])
        assert list(writer.generate_text(prompt, 5)) == []
        assert model.read == [[read]]
