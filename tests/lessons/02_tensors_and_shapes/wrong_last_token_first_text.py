# says: You have text 0, token 3, both counted from 0
x = model.wte(ids)
answer = x[0, 3]

check("last_token", answer, x=x)
