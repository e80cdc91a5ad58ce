# says: You have text 1, token 2, both counted from 0
x = model.wte(ids)
answer = x[1, 2]

check("last_token", answer, x=x)
