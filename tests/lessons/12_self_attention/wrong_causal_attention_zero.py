# says: 0 is a score like any other
covered4 = scores4.masked_fill(torch.ones(4, 4).triu(1) == 1, 0.0)
shares4 = covered4.softmax(dim=-1)
mixed4 = shares4 @ v4
check("causal_attention", mixed4, shares=shares4, q=q4, k=k4, v=v4)
