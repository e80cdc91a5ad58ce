# says: after the model has bent it
# only: shipped
walk = tokenizer.encode(" walk")[0]
weights = model.lm_head.weight.detach()
answer = last[walk]

check("score", answer, final=final, weights=weights, token=walk)
