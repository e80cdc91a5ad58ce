# says: that is the future
place = torch.arange(4)
answer = place[:, None] <= place[None, :]

check("may_look", answer, place=place)
