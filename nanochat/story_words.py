"""The words our stories are made of: names, things, places, animals, and things to count.

Not here: sentences. Those are in ``story_plots.py``.
"""

from __future__ import annotations

GIRLS = (
    "Ana", "Amy", "Bea", "Clara", "Daisy", "Ella", "Emma", "Eva", "Grace", "Hana", "Ida", "Ivy",
    "Jane", "Kate", "Lena", "Lily", "Lucy", "Mia", "Nina", "Nora", "Olive", "Rosa", "Ruby", "Sara",
    "Tess", "Uma", "Vera", "Zoe",
)  # fmt: skip
BOYS = (
    "Adam", "Alex", "Ben", "Carl", "Dan", "Eli", "Finn", "Fred", "Gus", "Hugo", "Ian", "Jack",
    "Jim", "Leo", "Luke", "Mark", "Max", "Nick", "Noah", "Omar", "Owen", "Paul", "Ravi", "Sam",
    "Theo", "Tom", "Will", "Zack",
)  # fmt: skip
# Names nobody has heard: the only way to write them a second time is to look back.
FIRST_HALVES = (
    "Ba", "Be", "Bo", "Da", "Do", "Fi", "Ju", "Ka", "Ki", "Lu", "Ma", "Mi", "Ne", "Pa", "Po", "Ri",
    "Ro", "Sa", "Su", "Ta", "Vi", "We", "Ya", "Za",
)  # fmt: skip
SECOND_HALVES = (
    "bel", "bor", "dan", "fin", "kel", "la", "lin", "lo", "mi", "mon", "na", "no", "nu", "ra", "ri",
    "rel", "sha", "tel", "tor", "va", "vo", "win", "zan", "zo",
)  # fmt: skip

LOOKS = (
    "red", "blue", "green", "yellow", "purple", "orange", "white", "black", "silver", "golden",
    "pink", "brown", "grey", "old", "new", "little", "big", "shiny", "round", "pretty",
)  # fmt: skip
THINGS = (
    "ball", "kite", "drum", "hat", "scarf", "cup", "spoon", "bell", "book", "map", "box", "key",
    "lamp", "button", "toy boat", "spade", "bucket", "basket", "whistle", "pencil", "teddy bear",
    "umbrella", "blanket", "ribbon", "marble", "flute", "mitten", "boot", "coin", "feather",
    "puppet", "lantern", "mirror", "bag", "toy car", "brush", "crown", "ring", "doll", "hammer",
)  # fmt: skip
BOXES = (
    "basket", "bag", "box", "bucket", "hat", "jar", "tin", "bowl", "pot", "sack", "cart", "chest",
)  # fmt: skip
PLACES = (
    "behind the barn", "near the lake", "under the old oak tree", "on the hill", "by the river",
    "in the garden", "at the beach", "in the woods", "beside the well", "by the garden gate",
    "on the bridge", "in the meadow", "near the mill", "behind the school", "in the park",
    "under the stairs", "in the shed", "in the kitchen", "by the pond", "at the market",
    "on the farm", "near the church", "in the cave", "next to the bakery", "in the orchard",
    "on the island", "at the harbour", "in the tall grass", "under the table", "by the big rock",
)  # fmt: skip
ANIMALS = (
    "fox", "mouse", "rabbit", "owl", "frog", "duck", "kitten", "puppy", "hedgehog", "squirrel",
    "bird", "lamb", "goat", "pony", "turtle", "snail", "bee", "otter", "crow", "goose", "badger",
    "deer", "cow", "pig",
)  # fmt: skip
FOODS = (
    "apples", "pears", "plums", "buns", "biscuits", "carrots", "cherries", "nuts", "strawberries",
    "pancakes", "sandwiches", "eggs", "cakes", "oranges", "peaches", "tomatoes",
)  # fmt: skip
FINDS = (
    "shells", "pebbles", "leaves", "feathers", "acorns", "flowers", "sticks", "buttons", "stamps",
    "beads", "pine cones", "marbles", "stones", "berries", "coins", "seeds",
)  # fmt: skip
WEATHERS = (
    "sunny", "windy", "rainy", "cold", "warm", "foggy", "snowy", "bright", "cloudy", "quiet",
)  # fmt: skip
TIMES = (
    "One morning", "One afternoon", "One evening", "One day", "On Monday", "On Tuesday",
    "On Wednesday", "On Thursday", "On Friday", "On Saturday", "On Sunday",
)  # fmt: skip
GROWN_UPS = ("Mum", "Dad", "Grandma", "Grandpa", "Mrs Bell", "Mr Wood", "Miss Hill", "Aunt May")
