# says: got lost: put the new token at the end
start = "Tom was"
text = start
text = guesses(text)
text = guesses(text)
text = guesses(text)

check("three_steps", text, start=start, model=model, tokenizer=tokenizer)
