# What is brought to a case lies sealed on the disk, outlives a power cut once it is filed, and is read by whoever may see the case's people and by nobody else.

centre with its staff
serve
window W01 receives "企业变更登记" for "示例企业第0001号" as A
account clerk.yi brings "虚构章程第一条" as 章程修正案 of A
crash
serve
account clerk.yi reads "虚构章程第一条" in the first file of A
account handler.wu reads "虚构章程第一条" in the first file of A
account planner.chou reads no file of A that clerk.yi reads
account runner.ding reads no file of A that clerk.yi reads
account citizen.gui reads no file of A that clerk.yi reads

# A scan is no act of the case: the receipt can still be reversed, a mistake comes out on its day with its reason.
account clerk.yi takes the first file of A out because "扫描了别的材料"
account clerk.yi sees 0 files of A
account clerk.yi brings "虚构章程修正案" as 章程修正案 of A
account clerk.yi sees 1 files of A
restart
account clerk.yi sees 1 files of A
window W01 accepts A
the last act on A is reversed because "点错了"
case A is in stage received
account clerk.yi reads "虚构章程修正案" in the first file of A
stop
the disk nowhere holds "虚构章程第一条" "虚构章程修正案"
verify says whole
rebuild says same
