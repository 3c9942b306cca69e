# 厅（局）长进大厅: the roster of a week, who came, what they did, and the problems they took away, until each is answered.

centre with its staff
serve
account boss.bing plans 钱一明 for 2024-06-23
refused with hall.duty_plan_past
account boss.bing plans 钱二明 for 2024-06-26
account guide.jia drops the plan of 2024-06-26 because 出差
refused with identity.not_allowed
account boss.bing drops the plan of 2024-06-26 because ""
refused with hall.reason_missing
account boss.bing drops the plan of 2024-06-26 because 出差
account boss.bing drops the plan of 2024-06-26 because 出差
refused with hall.duty_plan_over
account boss.bing sees the plan of 2024-06-26 as dropped
account boss.bing plans 钱一明 for 2024-06-24
account guide.jia records that 钱一明 came on 2024-06-24
account guide.jia records that 钱一明 came on 2024-06-24
refused with hall.duty_plan_over
account guide.jia notes 12 served on 2024-06-24
account guide.jia notes 13 served on 2024-06-24
account boss.bing sees the plan of 2024-06-24 kept and 13 served
account guide.jia takes the problem 护士变更注册还要跑大厅 from leader 钱一明
account boss.bing sees a leader_problem that is opened
account boss.bing sorts it as solve for 省市场监管局
account chief.ji answers it with 本月起全程网办
account boss.bing calls back and finds them content
account boss.bing sees a leader_problem that is closed
restart
account boss.bing sees the plan of 2024-06-24 kept and 13 served

# Entered for somebody who had not come: taken back once, and the plan waits again.
account guide.jia takes back the duty of 2024-06-24 as not_come
account guide.jia takes back the duty of 2024-06-24 as not_come
refused with hall.duty_taken_back
account guide.jia notes 14 served on 2024-06-24
refused with hall.duty_taken_back
account boss.bing sees the plan of 2024-06-24 as planned
stop
verify says whole
rebuild says same
