# says: Your second token, 
first = guesses("One day, Tom")
second = "~"

answer = [first, second]
check("be_the_sampler", answer, text="One day, Tom", model=model, tokenizer=tokenizer)
