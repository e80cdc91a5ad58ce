# says: (1) · 1 = 1, but it should be 0
A3 = torch.tensor([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0]])
B3 = torch.tensor([[0.0, 1.0, 1.0]])
check("both_switches", B3, A=A3, switches=switches)
