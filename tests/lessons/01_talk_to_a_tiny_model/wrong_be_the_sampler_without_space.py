# says: there is a space in front
# only: shipped
first = guesses("One day, Tom").strip()
second = " a"

answer = [first, second]
check("be_the_sampler", answer, text="One day, Tom", model=model, tokenizer=tokenizer)
