# The device's file is taken line by line, what is wrong in it is said line by line, and a day comes to what its shift makes of its signs.

centre with its staff
serve
account clerk.yi gives handler.wu shift through from 2024-06-24
refused with identity.not_allowed
account planner.chou gives handler.wu shift through from 2024-06-24
refused with staff.attendance_of_other_department
account chief.ji gives handler.wu shift night from 2024-06-24
refused with staff.unknown_shift
account chief.ji gives handler.wu shift through from 2024-06-23
refused with staff.day_gone
account chief.ji gives handler.wu shift through from 2024-06-24
account chief.ji puts clerk.yi on duty with shift weekend on 2024-06-28
refused with staff.working_day
account chief.ji puts clerk.yi on duty with shift weekend on 2024-06-29
account chief.ji takes clerk.yi off duty on 2024-06-29
account chief.ji takes clerk.yi off duty on 2024-06-29
refused with staff.no_duty
account chief.ji asks official leave from 2024-06-21 to 2024-06-25
account leader.geng approves leave 1 at unit
account boss.bing approves leave 1 at centre

the clock moves to 2024-06-26T09:00
account chief.ji imports a file of the device headed "账号,时间" with "handler.wu,2024-06-24 09:12"
refused with identity.not_allowed
account boss.bing imports a file of the device headed "姓名,打卡" with "handler.wu,2024-06-24 09:12"
refused with staff.file_header
account boss.bing imports a file of the device headed "账号,时间" with ""
refused with staff.file_empty
account boss.bing imports a file of the device headed "账号,时间" with "nobody.zhi,2024-06-24 08:50" "handler.wu,昨天早上"
refused with staff.nothing_new
account boss.bing imports a file of the device headed "账号,时间" with "handler.wu,2024-06-24 09:12" "handler.wu,2024-06-24 15:40" "clerk.yi,2024-06-24 08:53" "clerk.yi,2024-06-24 12:01" "clerk.yi,2024/6/24 13:05:30" "clerk.yi,2024-06-24 17:02" "chief.ji,2024-06-20 08:50" "nobody.zhi,2024-06-24 08:50" "handler.wu,昨天早上" ",2024-06-24 08:50" "boss.bing,2024-06-24 08:50" "handler.wu,2024-06-27 08:50" "handler.wu,2024-06-24 09:12:40"
the file had 7 lines to take and 1 known and 5 refused
line 9 of the file was refused because 没有这个账号
line 10 of the file was refused because 时间认不出
line 11 of the file was refused because 没有账号
line 12 of the file was refused because 导入人本人
line 13 of the file was refused because 时间还没有到
# Columns apart, the same signs: nothing is taken twice.
account boss.bing imports a file of the device headed "工号,日期,打卡时间" with "handler.wu,2024-06-24,09:12" "clerk.yi,2024-06-24,08:53"
the file had 0 lines to take and 2 known and 0 refused

account boss.bing sees slot in of 2024-06-24 of handler.wu as late by 12 minutes
account boss.bing sees slot out of 2024-06-24 of handler.wu as early by 20 minutes
account boss.bing sees slot afternoon_in of 2024-06-24 of clerk.yi as late by 5 minutes
account boss.bing sees day 2024-06-24 of clerk.yi as irregular
account boss.bing counts 1 late and 1 early of handler.wu from 2024-06-24 to 2024-06-25
# Out from Friday to Tuesday: three days on which somebody was expected.
account boss.bing sees day 2024-06-25 of chief.ji as outside
account boss.bing counts 4 expected and 3 outside days of chief.ji from 2024-06-20 to 2024-06-25
# All of them are called the same: who is out is the one who asked.
account boss.bing sees day 2024-06-25 of clerk.yi as absent
account boss.bing sees day 2024-06-25 of handler.wu as absent

# Put right by another person, within its days, one slot at a time.
account handler.wu asks to count slot morning_in of 2024-06-25 as outside because 上门服务
refused with staff.unknown_slot
account handler.wu asks to count slot in of 2024-06-18 as outside because 上门服务
refused with staff.correction_too_late
account handler.wu asks to count slot in of 2024-06-27 as outside because 上门服务
refused with staff.correction_of_future
account handler.wu asks to count slot in of 2024-06-23 as outside because 上门服务
refused with staff.not_expected
account handler.wu asks to count slot in of 2024-06-25 as outside because 上门服务
account handler.wu asks to count slot in of 2024-06-25 as outside because 上门服务
refused with staff.correction_asked_already
account planner.chou grants the correction of slot in of 2024-06-25 to handler.wu
refused with staff.attendance_of_other_department
account chief.ji refuses the correction of slot in of 2024-06-25 to handler.wu because ""
refused with staff.reason_missing
account chief.ji refuses the correction of slot in of 2024-06-25 to handler.wu because 没有派工单
account chief.ji grants the correction of slot in of 2024-06-25 to handler.wu
refused with staff.no_correction
account handler.wu asks to count slot in of 2024-06-25 as outside because 派工单已补
account chief.ji grants the correction of slot in of 2024-06-25 to handler.wu
account boss.bing sees slot in of 2024-06-25 of handler.wu as outside
account chief.ji asks to correct slot afternoon_out of 2024-06-20 because 忘记打卡
account chief.ji grants the correction of slot afternoon_out of 2024-06-20 to chief.ji
refused with staff.own_correction

# A post is left for minutes, for no longer than is short, and not before the B post says yes.
account clerk.yi and handler.wu stand in for each other
account clerk.yi leaves the post until 08:30
refused with staff.bad_time
account clerk.yi leaves the post until 12:30
refused with staff.away_too_long
account clerk.yi leaves the post until 09:40
account clerk.yi leaves the post until 09:50
refused with staff.away_already
account handler.wu does not take the post of clerk.yi
account handler.wu takes the post of clerk.yi
refused with staff.post_not_asked
account clerk.yi leaves the post until 09:40
account handler.wu takes the post of clerk.yi
account handler.wu takes the post of clerk.yi
refused with staff.post_taken_already
account handler.wu leaves the post until 09:40
refused with staff.b_post_away
account clerk.yi is at the post again
account clerk.yi is at the post again
refused with staff.not_away
stop
the ledger says nowhere 上门服务 没有派工单 派工单已补 忘记打卡 送材料
verify says whole
rebuild says same
