# says: that is the future
def shares_of(q, k, scale):
    return (q @ k.T * scale).softmax(dim=-1)

check("head_shares", shares_of, q=head_q, k=head_k, scale=scale)
