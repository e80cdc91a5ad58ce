# says: It should be a tensor
x = model.wte(ids)
answer = x[1, 3, 0].item()

check("last_token", answer, x=x)
