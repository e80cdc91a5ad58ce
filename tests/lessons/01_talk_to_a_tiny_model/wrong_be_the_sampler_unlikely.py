# says: “~”, is a token, but after “One day, Tom” the model has it at place
first = "~"
second = " a"

answer = [first, second]
check("be_the_sampler", answer, text="One day, Tom", model=model, tokenizer=tokenizer)
