# says: That is the row of weights alone
walk = tokenizer.encode(" walk")[0]
weights = model.lm_head.weight.detach()
answer = weights[walk]

check("score", answer, final=final, weights=weights, token=walk)
