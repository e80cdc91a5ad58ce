"""Eight plots: what happens in a story, step by step, and what one can ask about it afterwards.

A step is a few lines that say the same, and one of them is drawn. So the model meets the same
events in many words, while the words in braces differ every time and can only be got right by
looking back. Not here: who fills the braces (``story_tales.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from nanochat import story_words as words

Step = tuple[str, ...]  # ways to say one thing


@dataclass(frozen=True)
class Plot:
    """What happens, and what one can ask afterwards."""

    steps: tuple[Step, ...]
    asks: tuple[tuple[Step, Step], ...]  # questions, and what answers each
    carried: tuple[str, ...]  # what the thing of this plot may be


HAPPY_END = (
    "{hero} and {friend} were friends from that day on.",
    "{hero} and {friend} walked home together, and they sang all the way.",
    "That night, {hero} and {friend} slept very well.",
    "{hero} and {friend} laughed and laughed.",
    "{hero} and {friend} still talk about that day.",
    "And so it was a good day for {hero} and {friend}.",
)


def _plot(text: str, carried: tuple[str, ...] = words.THINGS) -> Plot:
    """Steps stand apart by an empty line. The last paragraph is the questions: ``->`` leads to
    the answer, ``|`` parts two wordings."""
    *steps, asks = (part.strip().splitlines() for part in text.split("\n\n"))
    pairs = (line.split(" -> ") for line in asks)
    return Plot(
        steps=(*map(tuple, steps), HAPPY_END),
        asks=tuple((tuple(q.split(" | ")), tuple(a.split(" | "))) for q, a in pairs),
        carried=carried,
    )


LOST = _plot(
    """
{hero} had {a_thing}, and {he} took it everywhere.
There was once a {child} called {hero}. {hero} had {a_thing}.
{hero} had {a_thing}. {hero} liked the {thing} more than anything else.
Once upon a time, {hero} had {a_thing}.
{hero} was a kind {child} who had {a_thing}.

{time}, {hero} went to play {far}, but the {thing} was gone.
{time}, {hero} wanted to play, but the {thing} was not there.
{time} it was very {weather}. {hero} came home without the {thing}.

"Where is my {thing}?" said {hero}.
"Oh no, I have lost my {thing}," said {hero}, and {he} began to cry.
{hero} was sad and did not know what to do.

Then {friend} came along. "I will help you look," said {friend}.
"Do not cry," said {friend}. "We will find it together."
{friend} heard this and wanted to help {hero}.

They looked {far} and {near}, but the {thing} was not there.
First they looked {far}. Then they looked {near}. They found nothing.
{hero} looked {far}, and {friend} looked {near}.

At last {friend} looked {place}, and there was the {thing}!
Then {friend} called, "Come and see!" The {thing} was {place}.
In the end the {thing} was {place}, all wet but not broken.

"Thank you, {friend}," said {hero}, and {he} held the {thing} tight.
{hero} was so happy that {he} gave {friend} a hug.
"You are a good friend, {friend}," said {hero}.

Who had the {thing}? | Whose was the {thing}? -> {hero} had the {thing}. | It was {hero}.
What did {hero} have? | What was it that {hero} had? -> {hero} had {a_thing}. | It was {a_thing}.
Where was the {thing}? | Where did they find it? -> The {thing} was {place}. | It was {place}.
Who helped {hero}? | Who was kind to {hero}? -> {friend} helped {hero}. | It was {friend}.
""",
)

SHARING = _plot(
    """
{time}, {hero} had {total} {foods} in {a_thing}.
{hero} sat {place} with {a_thing}. In the {thing} there were {total} {foods}.

{friend} came by and looked hungry. {friend} had no {foods} at all.
"I am so hungry," said {friend}, who had nothing to eat.
{friend} sat down beside {hero}. {friend} had no lunch.

"You can have some of mine," said {hero}.
"I have more {foods} than I need," said {hero}.
{hero} thought about it, and then {he} smiled.

{hero} took {n} {foods} out of the {thing} and gave them to {friend}.
So {hero} opened the {thing} and gave {friend} {n} {foods}.

Now {friend} had {n} {foods} and {hero} had {m}.
{hero} still had {m} {foods}, and {friend} had {n}.

"Thank you, {hero}," said {friend}. "These are the best {foods} in the world."
"They taste better when we share them," said {hero}.
They ate the {foods} together, and nobody was hungry any more.

How many {foods} did {hero} have first? -> {hero} had {total} {foods}.
How many {foods} did {friend} get? -> {friend} got {n} {foods}.
How many {foods} did {hero} have in the end? -> {hero} had {m} {foods} left. | {hero} had {m}.
Who was hungry? -> {friend} was hungry.
""",
    carried=words.BOXES,
)

ANIMAL = _plot(
    """
{time}, {hero} saw {an_animal} {place}.
{hero} was walking {place}. There sat {an_animal}, all alone.
It was a {weather} day. {hero} heard a sound {place}. It was {an_animal}.

The {animal} was cold and could not get home.
The {animal} was so tired that it could not go on.
The {animal} was lost, and it was getting dark.

"Do not be afraid," said {hero} to the {animal}.
"Poor little {animal}," said {hero}. "I will look after you."
{hero} sat down very quietly, so that the {animal} was not afraid.

{hero} had {a_thing}. {He} put the {thing} beside the {animal} to cheer it up.
{hero} ran home and came back with {a_thing}. The {animal} liked the {thing} at once.

{friend} brought something to eat, and the {animal} ate it all.
{friend} knew the way. "The {animal} lives {far}," said {friend}.
{friend} came too, and they carried the {animal} home.

Soon the {animal} was well again, and {friend} clapped.
The next day the {animal} could play again, and {friend} was glad.

Every morning after that, the {animal} came to say hello to {hero} and the {thing}.
The {animal} never forgot {hero}, and {hero} never forgot the {animal}.

What animal did {hero} see? -> {hero} saw {an_animal}.
Where was the {animal}? -> The {animal} was {place}. | It was {place}.
Who saw the {animal}? | Who found the {animal}? -> {hero} did. | It was {hero}.
""",
)

SWAP = _plot(
    """
{hero} had {a_thing}, and {friend} had {an_other}.
This is a story about {hero}, who had {a_thing}, and {friend}, who had {an_other}.

{time}, they met {place}.
{time}, {hero} and {friend} met {place}. It was a {weather} day.

"I like your {other}," said {hero}. "And I like your {thing}," said {friend}.
{hero} looked at the {other} and said, "How pretty it is!"

"Shall we swap?" said {friend}. "Yes, let us swap!" said {hero}.
"You can have my {thing} for a day," said {hero}.

So {hero} gave {friend} the {thing}, and {friend} gave {hero} the {other}.
{hero} took the {other}, and {friend} took the {thing}.

Now {hero} had the {other} and {friend} had the {thing}.
They played {far} until it was dark, {hero} with the {other} and {friend} with the {thing}.

Who had the {thing} first? -> {hero} had the {thing} first.
Who had the {other} first? -> {friend} had the {other} first.
Who had the {thing} in the end? -> {friend} had the {thing} in the end.
Where did they meet? -> They met {place}.
""",
)

FINDING = _plot(
    """
{hero} and {friend} liked to look for {finds}.
{hero} wanted to find {finds}, and {friend} came too.

{time}, they went to look {place}. {hero} carried {a_thing}.
{time}, {hero} took {a_thing}, and they went to look {place}.

{hero} found {n} {finds}, and {friend} found {m} {finds}.
{hero} picked up {n} {finds}. {friend} picked up {m} {finds}.

They put all the {finds} into the {thing} and counted them.
"Put them beside my {thing}," said {hero}, "and we will count them."

"{n} and {m} make {total}," said {friend}. "We have {total} {finds}!"
{n} and {m} make {total}, so they had {total} {finds}.

{hero} gave the best of the {finds} to {grown_up}.
They showed them to {grown_up}, who was very pleased.

How many {finds} did {hero} find? -> {hero} found {n} {finds}.
How many {finds} did {friend} find? -> {friend} found {m} {finds}.
How many {finds} did they have? -> They had {total} {finds}.
Where did they look? -> They looked {place}.
""",
    carried=words.BOXES,
)

AFRAID = _plot(
    """
{time}, {hero} and {friend} were {place} when it began to rain.
{time}, {hero} and {friend} went for a walk. They came to rest {place}.

The sky went dark. {hero} was afraid.
There was a loud noise, and {hero} jumped.
Something moved. {hero} held {his} breath.

"I am afraid," said {hero}. "Take my {thing}," said {friend}.
{friend} had {a_thing}. "Hold my {thing}," said {friend}, "and count to {n}."

{hero} held the {thing} and counted to {n}.
{hero} took the {thing} in both hands and counted slowly up to {n}.

Then they saw that it was only {an_animal}.
And what was it? It was {an_animal}, and the {animal} was afraid too.

"Hello, {animal}," said {hero}, and {he} was not afraid any more.
{hero} laughed, and {friend} laughed, and the {animal} went home.

{hero} gave back the {thing}. "Thank you, {friend}," said {hero}.
"Keep the {thing} until tomorrow," said {friend}.

Who was afraid? -> {hero} was afraid.
Who had the {thing}? -> {friend} had the {thing}.
What was it really? | What did they see? -> It was {an_animal}.
Where were {hero} and {friend}? -> They were {place}.
""",
)

PRESENT = _plot(
    """
{time}, it was the birthday of {friend}, and {hero} wanted to give {friend} a present.
Soon it would be the birthday of {friend}. "What can I give {friend}?" said {hero}.

{hero} looked {far}, but there was nothing nice.
{hero} asked {grown_up}, but {grown_up} did not know.
{hero} thought and thought, and could not sleep.

Then {hero} found {a_thing} {place}.
Then {hero} went to look {place}, and there {he} saw {a_thing}.

{He} cleaned the {thing} and put it in paper.
{hero} hid the {thing} and told nobody about it.

"Happy birthday, {friend}!" said {hero}. {friend} opened the paper, and there was the {thing}.
On the day, {hero} gave {friend} the {thing}.

"I have always wanted {a_thing}," said {friend}. "Thank you, {hero}!"
{friend} was so glad about the {thing} that everybody had to look at it.

They ate {n} {foods} and danced.
After that there were {n} {foods}, and everybody had enough.

Whose birthday was it? -> It was the birthday of {friend}.
What did {hero} give {friend}? -> {hero} gave {friend} {a_thing}.
Where did {hero} find the {thing}? -> {hero} found the {thing} {place}.
""",
)

BUILDING = _plot(
    """
{hero} and {friend} wanted to build a house of sticks {place}.
"Let us build a house of sticks {place}," said {hero} to {friend}.

{hero} brought {a_thing}, and {friend} brought {n} sticks.
{friend} found {n} sticks. {hero} came with {a_thing}.

{time}, the wind blew, and the house fell down.
They worked hard, but then {an_animal} ran into it, and the house fell down.

"Never mind, {friend}," said {hero}. "We will do it again."
{friend} wanted to go home. {hero} did not.

{friend} found {m} more sticks, so now they had {total}.
They went to look {far} and came back with {m} more. Now they had {total} sticks.

This time it stood. {hero} put the {thing} on top.
At last the house was ready. {hero} hung the {thing} over the door.

Everybody came to see the house and the {thing}.
Even {grown_up} came to look. "What a fine {thing}!" said {grown_up}.

What did {hero} bring? -> {hero} brought {a_thing}.
Where did they build the house? -> They built it {place}.
How many sticks did they have in the end? -> They had {total} sticks.
""",
)

PLOTS = (LOST, SHARING, ANIMAL, SWAP, FINDING, AFRAID, PRESENT, BUILDING)
WITH_ANIMAL = (ANIMAL, AFRAID)
