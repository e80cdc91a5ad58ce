# says: is not one token. The model cuts it into: “ found”, “ a”.
first = " found a"
second = " walk"

check("be_the_sampler", [first, second], text="One day, Tom", model=model, tokenizer=tokenizer)
