# The published week comes out of the ledger as it was printed, character for character, today and after a restart.

centre replays week-2024-06-17.yaml
figures of 2024-06-17 show 咨询 2230 受理 700 颁发 3949 流转 5461
year of 2024-06-17 shows 咨询 37596 受理 14614 颁发 95394 流转 179094
bulletin internal text of 2024-06-17 equals bulletin-2024-06-17.txt
verify says whole
rebuild says same
bulletin internal text of 2024-06-17 equals bulletin-2024-06-17.txt

# The clock of a replayed centre stands on the first working day after its week, however late it is started.
serve
pages say demonstration
clock is on the day of 2024-06-24T09:00 and not before it
restart
pages say demonstration
clock is on the day of 2024-06-24T09:00 and not before it

# What happens now belongs to the week after; the printed week stays as it is.
window W01 answers a question for "省市场监管局"
window W01 receives "企业变更登记" for "示例企业第0001号" as A
window W01 accepts A
crash
serve
figures of 2024-06-17 show 咨询 2230 受理 700 颁发 3949 流转 5461
bulletin internal text of 2024-06-17 equals bulletin-2024-06-17.txt
