# Weeks that overlap, stand in the wrong order, or begin from nothing where they should continue are refused.
tier full

centre replays week-2024-06-24.yaml then week-2024-06-17.yaml
refused with replay.out_of_order
centre replays week-2024-06-17.yaml then week-2024-06-17.yaml
refused with replay.out_of_order
centre replays week-2024-06-17.yaml then week-2024-09-29.yaml
refused with replay.balance_differs
