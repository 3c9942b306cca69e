# A month, a quarter, a year, any days, a district's month: a figure is counted as the bulletin counts it, what was before the ledger is no zero, and every form says the same.
tier full

centre replays week-2024-06-17.yaml then week-2024-06-24.yaml

# Two weeks of June are in the ledger. Neither May nor the June before has a number.
report statistics internal text of 2024-06 says "咨询4210人次（自6月17日起有记录），上月无记录，上年同月无记录" "受理1340件（自6月17日起有记录）"
report statistics internal text of 2024-06 never says 上月0 上年同月0

# The year has the balance of what was counted elsewhere, as the bulletin's year has.
year of 2024-06-24 shows 咨询 39576 受理 15254 颁发 99094 流转 184294
report statistics internal text of 2024-01-01..2024-06-28 says 咨询39576人次 受理15254件 颁发99094件 流转184294件次
report statistics internal text of 2024-06-24..2024-06-28 says "咨询1980人次，比前一时段增长"
report statistics internal text of 2024-Q2 says "2024年第二季度" 受理1340件
report statistics internal text of 2024-05 says 受理无记录

# A rate has its denominator, or says why it is none.
report statistics internal text of 2024-06 says "差评率无法计算（分母为0）"

# Every form, and both editions: which units are late is the centre's own business.
report statistics internal pdf of 2024-06 says 受理1340件 三、超期情况
report statistics internal docx of 2024-06 says 受理1340件 三、超期情况
report statistics internal ofd of 2024-06 says 受理1340件 三、超期情况
report statistics internal xlsx of 2024-06 says 每作出一次受理决定计一件 无记录
report statistics internal html of 2024-06 says 受理1340件
report statistics public ofd of 2024-06 says 受理1340件
report statistics public ofd of 2024-06 never says 超期
report statistics public xlsx of 2024-06 never says 超期

# The district's month is another file, not another program.
report district-month internal text of 2024-06 says "受理办件1340件" "（一）" "报：县（市、区）委"
report district-month internal text of 2024-06 never says 乡镇办件
report district-month public text of 2024-06 never says 超期

serve
report statistics public page of 2024-06 says 受理 1340件 每作出一次受理决定计一件
report district-month public page of 2024-06 says 政务服务月报
strangers find nowhere 超期情况
stop
bulletin internal text of 2024-06-17 equals bulletin-2024-06-17.txt
bulletin internal ofd of 2024-06-17 says 请病假 农业农村厅
bulletin public ofd of 2024-06-17 never says 请病假
bulletin public docx of 2024-06-17 never says 请病假
bulletin internal xlsx of 2024-06-17 says "3949" 每向申请人颁发或送达一件办理结果计一件
