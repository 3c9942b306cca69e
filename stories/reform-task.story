# A reform task goes from its programme by milestone and dispatch to its end, and what is over is not changed.

centre with its staff
serve
account boss.bing opens programme 窗口提速专项行动
account boss.bing sets task 缩短变更登记时限 for 省市场监管局 due on 2024-07-31
account boss.bing sets milestone 流程再造方案 due on 2024-06-28
account boss.bing pushes the task in the week of 2024-06-24
account clerk.yi sees 缩短变更登记时限 pushed in the week of 2024-06-24
account boss.bing holds a dispatch that resolves 月底前报方案 for 省市场监管局 by 2024-06-28
account planner.chou settles the resolution with 方案已报
refused with reform.other_department
account chief.ji settles the resolution with 方案已报
account clerk.yi reads that the resolution was settled with 方案已报
account boss.bing extends the task to 2024-08-31 since 等国家接口开通
account clerk.yi reads that the task was extended since 等国家接口开通
account planner.chou closes the task with 已办结
refused with reform.other_department
account chief.ji reaches the milestone with 方案第一稿
account chief.ji closes the task with 时限由五天缩为一天
account boss.bing sees the task closed
account chief.ji closes the task with 再办一次
refused with reform.task_closed_already
restart
account boss.bing sees the task closed
stop
verify says whole
rebuild says same
