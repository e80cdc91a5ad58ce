# says: You have all 4 tokens of text 1
x = model.wte(ids)
answer = x[1]

check("last_token", answer, x=x)
