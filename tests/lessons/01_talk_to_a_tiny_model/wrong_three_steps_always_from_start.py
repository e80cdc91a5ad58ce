# says: Each round must guess from the longer text
start = "Tom was"
text = start + guesses(start) + guesses(start) + guesses(start)

check("three_steps", text, start=start, model=model, tokenizer=tokenizer)
