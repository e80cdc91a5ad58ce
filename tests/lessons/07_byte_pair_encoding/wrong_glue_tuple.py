# says: a list never equals a tuple
def glue(ids, pair, new_id):
    glued = []
    for id in ids:
        glued.append(id)
        if glued[-2:] == pair:
            glued[-2:] = [new_id]
    return glued

check("glue", glue)
