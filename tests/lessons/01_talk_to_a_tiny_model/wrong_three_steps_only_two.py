# says: Right so far, but `text` is 2 tokens longer
start = "Tom was"
text = start
text = text + guesses(text)
text = text + guesses(text)

check("three_steps", text, start=start, model=model, tokenizer=tokenizer)
