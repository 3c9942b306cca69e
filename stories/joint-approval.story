# 联合办理: one acceptance, several departments' steps, 45 working days, and 15 more only from the head of the government (行政许可法 §26, §42(2)).

centre with its staff
serve
by clerk.yi, window W10 receives "工程建设项目立项用地规划许可阶段联合审批" for "示例建设公司第0001号" as A
by clerk.yi, window W10 accepts A
# 45 working days from 24 June 2024; no holiday until mid-September.
case A is due by law on 2024-08-26
case A has its step due on 2024-06-25
by runner.ding, window W10 hands A to department
by planner.chou, A finishes its step
by handler.wu, A finishes its step
refused with casework.not_your_department
by planner.chou, A finishes its step
case A has its step due on 2024-07-10
restart
by planner.chou, A finishes its step
by planner.chou, A finishes its step
by planner.chou, A finishes its step
refused with casework.no_step_left

by leader.geng, A is jointly extended by 15 days because "部门意见不一致，需要论证"
refused with identity.not_allowed
by mayor.xin, A is jointly extended by 16 days because "部门意见不一致，需要论证"
refused with casework.wrong_extension
by mayor.xin, A is jointly extended by 15 days because "部门意见不一致，需要论证"
case A is due by law on 2024-09-14
restart
by mayor.xin, A is jointly extended by 1 days because "还要一天"
refused with casework.extended_already
by planner.chou, A is granted
case A is in stage granted

# A matter of one department has no joint extension.
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0001号" as B
by clerk.yi, window W01 accepts B
by clerk.yi, window W01 hands B to department
by mayor.xin, B is jointly extended by 15 days because "申请人较多"
refused with casework.no_joint_basis
