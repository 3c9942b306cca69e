# 审查阶段补正: review may ask for a paper again; the clocks run on, unless the matter's own law stops them (docs/casework.md).

centre with its staff
serve
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0001号" as A
by clerk.yi, window W01 accepts A
by clerk.yi, window W01 hands A to department
by clerk.yi, window W10 receives "土地权属争议裁决" for "示例企业第0002号" as B
by clerk.yi, window W10 accepts B
by clerk.yi, window W10 hands B to department
case A is due by law on 2024-07-22
# 180 days of the calendar (土地权属争议调查处理办法); the last is a Saturday, so Monday (民法典 §203).
case B is due by law on 2024-12-23
by clerk.yi, A needs correcting 特种设备使用登记表 "设备编号与铭牌不一致" "以铭牌为准重新填写"
refused with casework.not_your_act
by handler.wu, A needs correcting 特种设备使用登记表 "设备编号与铭牌不一致" "以铭牌为准重新填写"
by planner.chou, B needs correcting "" "缺少四至证据" "提交四至证据"
case A is due by law on 2024-07-22
case A does not allow decide_grant, decide_refuse
case B has no limit by law
restart
the clock moves to 2024-06-28T09:00
by clerk.yi, A gets papers 特种设备使用登记表
by planner.chou, B gets papers 争议案件申请书
case A is in stage in_review
case A is due by law on 2024-07-22
# 25 to 28 June are not counted for B: four days later than 21 December.
case B is due by law on 2024-12-25
restart
by chief.ji, A is granted
by planner.chou, B is granted
