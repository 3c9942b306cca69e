# 冲正: a wrong entry is taken back on the same day by a linked entry with its reason, never erased; the next day it is too late.

centre with its staff
serve
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0001号" as A
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0002号" as B
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0003号" as Twice
by clerk.yi, window W01 accepts A
by clerk.yi, window W01 accepts B
by clerk.yi, window W01 hands B to department
case A is in stage accepted
# Whoever may do the act may take it back, and nobody else.
by runner.ding, the last act on A is reversed because "点错了办件"
refused with casework.not_your_act
by citizen.gui, the last act on A is reversed because "点错了办件"
refused with casework.unknown_case
by clerk.yi, the last act on A is reversed because " "
refused with casework.reason_required
restart
by clerk.yi, the last act on A is reversed because "点错了办件"
case A is in stage received
case A is to be answered by 2024-07-01
case A has no limit by law
by clerk.yi, the last act on A is reversed because "再冲一次"
refused with casework.nothing_to_reverse

# A grant is a wrong entry, too; the limits run again as if it had not been.
by chief.ji, B is granted
by clerk.yi, the last act on B is reversed because "应为另一件"
refused with casework.not_your_act
by handler.wu, the last act on B is reversed because "应为另一件"
refused with casework.not_your_act
by planner.chou, the last act on B is reversed because "应为另一件"
refused with casework.not_your_department
by chief.ji, the last act on B is reversed because "应为另一件"
case B is in stage in_review
case B is due by law on 2024-07-22
# Received twice by mistake: the number is not used again.
by clerk.yi, the last act on Twice is reversed because "同一申请收了两次"
case Twice is in stage closed
case Twice ended as deleted
restart
by clerk.yi, window W01 accepts A
# What a citizen says of the house is nobody's to take back, nor is what has been handed out.
by citizen.gui, "特种设备使用登记" is applied for online by "示例企业第0005号" as Said
by citizen.gui, Said is withdrawn because "不办了"
by citizen.gui, Said is evaluated with 5
by citizen.gui, the last act on Said is reversed because "评错了"
refused with casework.nothing_to_reverse
by clerk.yi, the last act on Said is reversed because "评错了"
refused with casework.nothing_to_reverse
by chief.ji, B is granted
by handler.wu, B is handed to issue window W15
by issuer.ren, window W15 issues B by window
by issuer.ren, the last act on B is reversed because "点错了"
refused with casework.served_already
# An applicant takes back what they did online themselves; the window does not do it for them.
by citizen.gui, "特种设备使用登记" is applied for online by "示例企业第0004号" as Own
by clerk.yi, the last act on Own is reversed because "申请人要求"
refused with casework.not_your_act
by citizen.gui, the last act on Own is reversed because "提交错了"
case Own ended as deleted

the clock moves to 2024-06-25T09:00
by clerk.yi, the last act on A is reversed because "昨天点错了"
refused with casework.nothing_to_reverse
case A is in stage accepted
stop
verify says whole
rebuild says same
