# says: a score for every token
walk = tokenizer.encode(" walk")[0]
weights = model.lm_head.weight.detach()
answer = weights @ final

check("score", answer, final=final, weights=weights, token=walk)
