# says: two entries have to become one
def glue(ids, pair, new_id):
    glued = []
    for id in ids:
        glued.append(id)
        if glued[-2:] == list(pair):
            glued[-1:] = [new_id]
    return glued

check("glue", glue)
