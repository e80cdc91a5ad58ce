# says: For the switches 0, 1 the lamp gets (0.25) · 1
A3 = torch.tensor([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0]])
B3 = torch.tensor([[0.25, 0.75, 0.75]])
check("both_switches", B3, A=A3, switches=switches)
