# says: seconds
from nanochat.bpe import merge

def use_list(ids, rank):
    while True:
        known = [pair for pair in zip(ids, ids[1:]) if pair in rank]
        if not known:
            return ids
        pair = min(known, key=rank.get)

check("use_list", use_list)
