# says: may not look at itself
place = torch.arange(4)
answer = place[None, :] < place[:, None]

check("may_look", answer, place=place)
