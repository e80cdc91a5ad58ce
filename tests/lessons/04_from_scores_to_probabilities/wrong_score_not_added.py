# says: the products are still to be added up
walk = tokenizer.encode(" walk")[0]
weights = model.lm_head.weight.detach()
answer = final * weights[walk]

check("score", answer, final=final, weights=weights, token=walk)
