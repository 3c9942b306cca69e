# 厅（局）长进大厅: the roster of a week, who came, what they did, and the problems they took away, until each is answered.

centre with its staff
serve
account boss.bing plans 钱一明 for 2024-06-23
refused with hall.duty_plan_past
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
stop
verify says whole
rebuild says same
