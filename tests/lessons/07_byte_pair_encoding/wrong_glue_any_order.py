# says: more often than the pair does
def glue(ids, pair, new_id):
    glued = []
    for id in ids:
        glued.append(id)
        if set(glued[-2:]) == set(pair):
            glued[-2:] = [new_id]
    return glued

check("glue", glue)
