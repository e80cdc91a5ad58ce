"""nanochat: a small language model in plain PyTorch, written to be read.

Start with ``gpt.py`` (the model), then ``tokenizer.py`` (text to numbers and back) and
``engine.py`` (writing text, with ``cache.py``, ``sampling.py`` and ``tools.py``). Nothing is
imported here, so that importing one part loads only it.
"""
