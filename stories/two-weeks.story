# Two published weeks in a row: the second continues the ledger of the first, and the years add up.
tier full

centre replays week-2024-06-17.yaml then week-2024-06-24.yaml
figures of 2024-06-17 show 咨询 2230 受理 700 颁发 3949 流转 5461
figures of 2024-06-24 show 咨询 1980 受理 640 颁发 3700 流转 5200
year of 2024-06-24 shows 咨询 39576 受理 15254 颁发 99094 流转 184294
bulletin internal text of 2024-06-17 equals bulletin-2024-06-17.txt
bulletin internal text of 2024-06-24 equals bulletin-2024-06-24.txt
verify says whole
rebuild says same
serve
clock is on the day of 2024-07-01T09:00 and not before it
stop
bulletin internal text of 2024-06-24 equals bulletin-2024-06-24.txt
