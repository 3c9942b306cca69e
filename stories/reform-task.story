# A reform task goes from its programme by milestone and dispatch to its end, also when it is late, and what is over is not changed.

centre with its staff
serve
account chief.ji opens programme 窗口提速专项行动
refused with identity.not_allowed
account boss.bing opens programme 窗口提速专项行动
account boss.bing sets task 缩短变更登记时限 for 省市场监管局 due on 2024-07-31
account boss.bing sets milestone 流程再造方案 due on 2024-06-28
account boss.bing sets milestone 系统改造 due on 2024-06-26
account boss.bing sets a plan as milestone 实施方案 due on 2024-06-26
refused with reform.bundle_missing
account boss.bing pushes the task in the week of 2024-06-25
refused with reform.no_week
account boss.bing pushes the task in the week of 2024-06-24
account boss.bing pushes the task in the week of 2024-06-24
refused with reform.pushed_already
account clerk.yi sees 缩短变更登记时限 pushed in the week of 2024-06-24
account boss.bing holds a dispatch on 2024-06-24 that resolves nothing
refused with reform.no_resolutions
account boss.bing holds a dispatch on 2024-06-25 that resolves 月底前报方案 for 省市场监管局 by 2024-06-28
refused with reform.in_the_future
account boss.bing holds a dispatch that resolves 月底前报方案 for 省市场监管局 by 2024-06-28
account planner.chou settles the resolution with 方案已报
refused with reform.other_department
account chief.ji settles resolution 2 with 方案已报
refused with reform.unknown_resolution
account planner.chou closes the task with 已办结
refused with reform.other_department
account chief.ji reaches milestone 流程再造方案 on 2024-06-24 with 方案第一稿

# A week later: what was not done in time stays to be done, with both days.
the clock moves to 2024-07-01T09:00
account chief.ji settles the resolution with 方案已报
account clerk.yi reads that the resolution was settled with 方案已报
account boss.bing sees resolution 1 due on 2024-06-28 settled on 2024-07-01
account chief.ji settles the resolution with 方案再报
refused with reform.settled_already
account boss.bing sees milestone 系统改造 due on 2024-06-26 not reached
account chief.ji closes the task with 时限由五天缩为一天
refused with reform.milestones_open
account boss.bing extends the task to 2024-07-31 because 系统改造延后
refused with reform.due_not_later
account chief.ji extends the task to 2024-08-31 because 系统改造延后
refused with identity.not_allowed
account boss.bing extends the task to 2024-08-31 because 系统改造延后
account clerk.yi reads that the task was extended since 系统改造延后
account clerk.yi sees the task due on 2024-08-31
account chief.ji reaches milestone 系统改造 on 2024-07-02 with 验收单
refused with reform.in_the_future
account chief.ji reaches milestone 系统改造 on 2024-07-01 with 验收单
account chief.ji reaches milestone 系统改造 on 2024-07-01 with 验收单
refused with reform.reached_already
account boss.bing sees milestone 系统改造 due on 2024-06-26 reached on 2024-07-01
account chief.ji closes the task with 时限由五天缩为一天
account boss.bing sees the task closed
account chief.ji closes the task with 再办一次
refused with reform.task_closed_already
account boss.bing extends the task to 2024-09-30 because 再延
refused with reform.task_closed_already
restart
account boss.bing sees the task closed
stop
verify says whole
rebuild says same
