"""Programs to run: ``python -m nanochat.scripts.base_train --help`` and so on."""

import os

# torch shares a product out to one thread a core. A thread that has nothing to do keeps its core
# busy for milliseconds, in case more comes. Where other programs want the cores too, training
# cost six times as much CPU time that way; so ours give way sooner. This counts only before torch
# is imported, and a setting of your own is kept.
os.environ.setdefault("GOMP_SPINCOUNT", "2000")
