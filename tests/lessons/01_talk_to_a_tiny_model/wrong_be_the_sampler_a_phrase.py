# says: is not one token. The model cuts it into: “ found”, “ a”.
first = " found a"
second = " walk"

answer = [first, second]
check("be_the_sampler", answer, text="One day, Tom", model=model, tokenizer=tokenizer)
