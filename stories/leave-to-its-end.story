# Leave is asked, approved along its chain by others, handed over, extended and come back from; the bulletin has it as one, and a late return is decided by a person.

centre with its staff
serve
the bulletin of 2024-06-24 to 2024-06-28 is begun
account clerk.yi asks personal leave from 2024-06-24 to 2024-06-25
account clerk.yi approves leave 1 at window
refused with identity.not_allowed
account boss.bing approves leave 1 at centre
refused with staff.not_this_step
account chief.ji approves leave 1 at window
account boss.bing approves leave 1 at centre
account handler.wu takes over for leave 1
account clerk.yi sees own leave 1 as approved
bulletin internal text of 2024-06-24 never says 某甲

# With its extension the leave is one of four days, and the bulletin prints it, for the house alone.
account clerk.yi asks to extend leave 1 as personal from 2024-06-26 to 2024-06-27
account chief.ji approves leave 2 at window
account leader.geng approves leave 2 at unit
account boss.bing approves leave 2 at centre
account handler.wu takes over for leave 2
account clerk.yi sees own leave 1 as extended
bulletin internal text of 2024-06-24 says "事假：省市场监管局某甲"
bulletin public text of 2024-06-24 never says 某甲 事假

# Withdrawn before it begins, the first part has its return again.
account clerk.yi withdraws leave 2
account clerk.yi sees own leave 1 as approved
bulletin internal text of 2024-06-24 never says 某甲
the clock moves to 2024-06-28T09:00
account boss.bing sees leave 1 running and overdue false
the clock moves to 2024-06-29T09:00
account boss.bing sees leave 1 running and overdue true
account clerk.yi finds that the late return of leave 1 was no absence because 航班取消
refused with identity.not_allowed
account boss.bing finds that the late return of leave 1 was no absence because 航班取消
account clerk.yi sees that own leave 1 ended in absence false because 航班取消
account clerk.yi is back from leave 1
refused with staff.leave_not_approved

# A head stands for a step and cannot take it for themself: the centre decides.
account chief.ji asks personal leave from 2024-07-01 to 2024-07-01
account chief.ji approves leave 3 at window
refused with staff.own_leave
account boss.bing approves leave 3 at centre
account leader.geng asks official leave from 2024-07-01 to 2024-07-03
account boss.bing approves leave 4 at centre
account leader.geng sees own leave 4 as approved

# What was entered for somebody without a request is of another, and what is wrong is taken back and stays in the list.
account chief.ji enters personal leave of 示例某 of 自然资源厅 from 2024-07-01 to 2024-07-03
refused with staff.other_department
account chief.ji enters personal leave of 某甲 of 省市场监管局 from 2024-07-01 to 2024-07-03
refused with staff.own_record
account chief.ji enters personal leave of 示例某 of 省市场监管局 from 2024-07-01 to 2024-07-03
account chief.ji takes the entry of 示例某 from 2024-07-01 back
account chief.ji takes the entry of 示例某 from 2024-07-01 back
refused with staff.taken_back_already
account boss.bing sees the entry of 示例某 from 2024-07-01 taken back
restart
account clerk.yi sees own leave 1 as settled
stop
the ledger says nowhere 家中有事 航班取消
verify says whole
rebuild says same
