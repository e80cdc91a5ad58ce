# says: is no dot product
walk = tokenizer.encode(" walk")[0]
weights = model.lm_head.weight.detach()
answer = final.sum() + weights[walk].sum()

check("score", answer, final=final, weights=weights, token=walk)
