# 延长期限: once, by the head of the authority, with reasons told to the applicant; a second time does not exist (行政许可法 §42(1)).

centre with its staff
serve
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0001号" as A
by clerk.yi, window W01 accepts A
by clerk.yi, window W01 hands A to department
case A is due by law on 2024-07-22
by handler.wu, A is extended by 10 days because "现场复核"
refused with identity.not_allowed
by leader.geng, A is extended by 11 days because "现场复核"
refused with casework.wrong_extension
by leader.geng, A is extended by 10 days because " "
refused with casework.reason_required
by leader.geng, A is extended by 10 days because "设备数量多，需要现场复核"
case A is due by law on 2024-08-05
# The promise does not move: what the centre promised it explains if it fails (优化营商环境条例 §36; settings.yaml).
case A is promised for 2024-07-01
restart
by leader.geng, A is extended by 1 days because "再延一天"
refused with casework.extended_already
by chief.ji, A is granted

# A limit that has passed cannot be extended any more: on its last day it can, on the next it cannot.
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0003号" as LastDay
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0004号" as TooLate
by clerk.yi, window W01 accepts LastDay
by clerk.yi, window W01 accepts TooLate
by clerk.yi, window W01 hands LastDay to department
by clerk.yi, window W01 hands TooLate to department

# No permit, no basis of its own: no extension.
by clerk.yi, window W01 receives "重大违法行为举报奖励" for person "示例申请人第0002号" as B
by clerk.yi, window W01 accepts B
by clerk.yi, window W01 hands B to department
by leader.geng, B is extended by 5 days because "核实困难"
refused with casework.no_extension
restart
case B has no limit by law
the clock moves to 2024-07-22T16:00
by leader.geng, LastDay is extended by 10 days because "设备数量多，需要现场复核"
case LastDay is due by law on 2024-08-05
the clock moves to 2024-07-23T09:00
by leader.geng, TooLate is extended by 10 days because "设备数量多，需要现场复核"
refused with casework.limit_over
case TooLate is due by law on 2024-07-22
