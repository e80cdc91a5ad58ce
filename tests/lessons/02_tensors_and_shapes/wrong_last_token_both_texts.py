# says: You have a token of each of the 2 texts
x = model.wte(ids)
answer = x[:, -1]

check("last_token", answer, x=x)
