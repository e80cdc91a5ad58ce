# says: Your first token is 7. A token is a piece of text, so write it in quotes.
first = 7
second = " a"

answer = [first, second]
check("be_the_sampler", answer, text="One day, Tom", model=model, tokenizer=tokenizer)
