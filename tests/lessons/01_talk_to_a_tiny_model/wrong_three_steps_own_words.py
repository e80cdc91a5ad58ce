# says: That is not what the likeliest tokens give
start = "Tom was"
text = start + " so very happy"

check("three_steps", text, start=start, model=model, tokenizer=tokenizer)
