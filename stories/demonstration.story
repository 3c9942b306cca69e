# The demonstration: work of invented people beside the published week, and the week as it was printed.

centre opens for demonstration
figures of 2024-06-17 show 咨询 2230 受理 700 颁发 3949 流转 5461
year of 2024-06-17 shows 咨询 37596 受理 14614 颁发 95394 流转 179094
bulletin internal text of 2024-06-17 equals bulletin-2024-06-17.txt
verify says whole
rebuild says same

serve
pages say demonstration
clock is on the day of 2024-06-24T09:00 and not before it
restart
bulletin internal text of 2024-06-17 equals bulletin-2024-06-17.txt
