"""nanochat: a whole language model, small enough to read.

tokenizer.py  text ↔ numbers        gpt.py     numbers → scores for the next number
engine.py     scores → new text     common.py  device, number format, seeds
"""
