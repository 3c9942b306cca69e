# Leave needs its certificate, its stand-in and every step of its chain; whoever is refused reads why and may ask again, and a late return is no absence before a person says so.

centre with its staff
serve
# A second day of illness needs its certificate, also when it is asked by itself.
account clerk.yi asks sick leave from 2024-06-25 to 2024-06-25
account clerk.yi asks sick leave from 2024-06-26 to 2024-06-26
refused with staff.certificate_missing
account clerk.yi asks sick leave from 2024-06-26 to 2024-06-26 handing in 县医院证明0612
account clerk.yi asks marriage leave from 2024-09-02 to 2024-09-13
refused with staff.certificate_missing
account clerk.yi asks marriage leave from 2024-09-02 to 2024-09-13 handing in 结婚证0613

account clerk.yi asks personal leave from 2024-07-02 to 2024-07-04 without a stand-in
refused with staff.substitute_missing
account clerk.yi asks personal leave from 2024-07-02 to 2024-07-04 with clerk.yi standing in
refused with staff.substitute_is_oneself
account clerk.yi asks personal leave from 2024-07-02 to 2024-07-04 with nobody.zhi standing in
refused with staff.unknown_substitute
account clerk.yi asks personal leave from 2024-06-29 to 2024-06-30
refused with staff.no_working_day
account clerk.yi asks personal leave from 2024-06-14 to 2024-06-14
refused with staff.begins_in_the_past
account clerk.yi asks personal leave from 2024-06-25 to 2024-06-25
refused with staff.leave_overlaps

# Three days climb to the window's head, the home unit and the centre: refused at each, and asked again.
account clerk.yi asks personal leave from 2024-07-02 to 2024-07-04
account leader.geng rejects leave 4 at unit because 另有任务
refused with staff.not_this_step
account planner.chou rejects leave 4 at window because 不是本部门的人
refused with staff.leave_of_other_department
account handler.wu rejects leave 4 at window because 我要顶岗
refused with identity.not_allowed
account chief.ji rejects leave 4 at window because ""
refused with staff.reason_missing
account chief.ji rejects leave 4 at window because 窗口人手不足
account clerk.yi reads 窗口人手不足 as why leave 4 was rejected
account chief.ji approves leave 4 at window
refused with staff.leave_not_waiting
account clerk.yi asks personal leave from 2024-07-02 to 2024-07-04
account chief.ji approves leave 5 at window
account leader.geng rejects leave 5 at unit because 派出单位另有任务
account clerk.yi asks personal leave from 2024-07-02 to 2024-07-04
account chief.ji approves leave 6 at window
account leader.geng approves leave 6 at unit
account boss.bing rejects leave 6 at centre because 与开放日冲突
account clerk.yi reads 与开放日冲突 as why leave 6 was rejected

# Nobody stands for two steps of one request.
account clerk.yi asks personal leave from 2024-07-02 to 2024-07-04
account leader.geng approves leave 7 at window
account leader.geng approves leave 7 at unit
refused with staff.approved_before
account clerk.yi withdraws leave 7
account clerk.yi asks personal leave from 2024-07-02 to 2024-07-04
account chief.ji approves leave 8 at window
account leader.geng approves leave 8 at unit
account boss.bing approves leave 8 at centre
account chief.ji takes over for leave 8
refused with staff.not_substitute
account handler.wu takes over for leave 8
account handler.wu takes over for leave 8
refused with staff.confirmed_already

# An extension continues a leave of its kind; refused, it leaves that as it was, and there is none of a leave that was withdrawn.
account clerk.yi asks to extend leave 8 as sick from 2024-07-05 to 2024-07-05
refused with staff.unknown_extended
account clerk.yi asks to extend leave 8 as personal from 2024-07-08 to 2024-07-08
refused with staff.extension_must_follow
account clerk.yi asks to extend leave 8 as personal from 2024-07-05 to 2024-07-05
account chief.ji rejects leave 9 at window because 请按期返岗
account clerk.yi sees own leave 8 as approved
account clerk.yi asks to extend leave 8 as personal from 2024-07-05 to 2024-07-05
account chief.ji approves leave 10 at window
account leader.geng approves leave 10 at unit
account boss.bing rejects leave 10 at centre because 请按期返岗
account clerk.yi sees own leave 8 as approved
account clerk.yi asks to extend leave 8 as personal from 2024-07-05 to 2024-07-05
account chief.ji approves leave 11 at window
account clerk.yi withdraws leave 8
account leader.geng approves leave 11 at unit
refused with staff.extended_gone

# Three days after its last day a leave is late, and what that was says another person.
account handler.wu asks personal leave from 2024-06-25 to 2024-06-25
account chief.ji approves leave 12 at window
the clock moves to 2024-06-28T09:00
account boss.bing sees leave 12 running and overdue false
account boss.bing finds that the late return of leave 12 was an absence because 未说明去向
refused with staff.not_overdue
the clock moves to 2024-06-29T09:00
account boss.bing sees leave 12 running and overdue true
account handler.wu finds that the late return of leave 12 was no absence because 已经返岗
refused with identity.not_allowed
account boss.bing finds that the late return of leave 12 was an absence because ""
refused with staff.reason_missing
account boss.bing finds that the late return of leave 12 was an absence because 未说明去向
account handler.wu sees that own leave 12 ended in absence true because 未说明去向
account boss.bing finds that the late return of leave 12 was no absence because 补交了说明
refused with staff.leave_not_approved
account handler.wu is back from leave 12
refused with staff.leave_not_approved
stop
the ledger says nowhere 家中有事 见证明 县医院证明0612 结婚证0613 窗口人手不足 开放日 按期返岗 未说明去向
verify says whole
rebuild says same
