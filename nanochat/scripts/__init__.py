"""Programs to run: ``python -m nanochat.scripts.base_train --help`` and so on."""
