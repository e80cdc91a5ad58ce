# says: a whole character
def begins(byte):
    return byte >= 192

check("begins", begins)
