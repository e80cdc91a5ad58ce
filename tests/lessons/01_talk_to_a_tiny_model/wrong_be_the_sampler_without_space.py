# says: there is a space in front
# only: shipped
first = guesses("One day, Tom").strip()
second = " a"

check("be_the_sampler", [first, second], text="One day, Tom", model=model, tokenizer=tokenizer)
