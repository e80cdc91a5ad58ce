# says: It should be one number
words = [" Monday", " had", " Lily", " green", " drum", " to"]
table = norm(model.wte(torch.tensor([tokenizer.encode(w)[0] for w in words])))
target = norm(model.wte(torch.tensor(tokenizer.encode(" red")[0])))
answer = table @ target

check("nearest", answer, table=table, target=target, words=words)
