# 办不成事: what could not be done is registered at once, sorted, answered in time by the department that leads, and called back until it is settled.

centre with its staff
serve
account guide.jia registers that 来了三次没有办成 was not done
account boss.bing sees a unresolved that is opened
account boss.bing sorts it as nothing for 省市场监管局
refused with hall.unknown_class
account clerk.yi sorts it as should_be_done for 省市场监管局
refused with identity.not_allowed
account boss.bing sorts it as should_be_done for 省市场监管局
account planner.chou answers it with 不是我们牵头的
refused with hall.not_of_your_department
account chief.ji extends it by 9 days
refused with hall.too_long
account chief.ji extends it by 2 days
account chief.ji extends it by 1 days
refused with hall.extended_already
account chief.ji answers it with 已经当场办结
account boss.bing calls back and finds them unhappy
account chief.ji sees a unresolved that is sorted
account chief.ji answers it with 上门办结
account boss.bing calls back and finds them content
account boss.bing sees a unresolved that is closed
account guide.jia registers that 邻居占了我的院子 was not done
account boss.bing declines it because 属于民事纠纷，请到人民调解委员会
account boss.bing sees a unresolved that is declined

# Who left a number is called; only who left none may be ended without.
account guide.jia registers that 去了四次没有办成 was not done with 无 as the telephone
refused with hall.bad_reporter_phone
account guide.jia registers that 去了四次没有办成 was not done
# As long as it is open, what was said and the number to call are kept.
what belongs to telephone 13900000001 is erased because 本人要求
refused with hall.follow_up_open
account boss.bing sorts it as should_be_done for 省市场监管局
account chief.ji answers it with 已经办结
account boss.bing says that no contact was left
refused with hall.contact_left
account boss.bing calls back and finds them content
what belongs to telephone 13900000001 is erased because 本人要求
stop
the disk nowhere holds 彭某某 13900000001 来了三次 去了四次 邻居占了
verify says whole
rebuild says same
