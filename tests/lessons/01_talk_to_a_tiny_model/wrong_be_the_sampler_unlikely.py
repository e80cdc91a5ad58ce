# says: “~”, is a token, but after “One day, Tom” the model has it at place
first = "~"
second = " a"

check("be_the_sampler", [first, second], text="One day, Tom", model=model, tokenizer=tokenizer)
