# says: to the byte 191
def begins(byte):
    return byte < 128 or byte > 190

check("begins", begins)
