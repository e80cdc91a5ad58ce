# says: is the score of token 0
walk = tokenizer.encode(" walk")[0]
weights = model.lm_head.weight.detach()
answer = final @ weights[0]

check("score", answer, final=final, weights=weights, token=walk)
