# says: You stopped too early
from nanochat.bpe import merge

def use_list(ids, rank):
    known = [pair for pair in zip(ids, ids[1:]) if pair in rank]
    if not known:
        return ids
    pair = min(known, key=rank.get)
    return merge(ids, pair, rank[pair])

check("use_list", use_list)
