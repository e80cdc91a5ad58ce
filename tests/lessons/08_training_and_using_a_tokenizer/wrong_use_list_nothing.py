# says: Nothing was glued
from nanochat.bpe import merge

def use_list(ids, rank):
    return ids

check("use_list", use_list)
