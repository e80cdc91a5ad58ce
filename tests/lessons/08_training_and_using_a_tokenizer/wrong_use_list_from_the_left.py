# says: glued in another order
from nanochat.bpe import merge

def use_list(ids, rank):
    while True:
        known = [pair for pair in zip(ids, ids[1:]) if pair in rank]
        if not known:
            return ids
        ids = merge(ids, known[0], rank[known[0]])

check("use_list", use_list)
