# says: Your second token, 
first = guesses("One day, Tom")
second = "~"

check("be_the_sampler", [first, second], text="One day, Tom", model=model, tokenizer=tokenizer)
