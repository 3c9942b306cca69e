# 特别程序: time that the applicant was told of in writing is not counted, and no other time is left out (行政许可法 §45).

centre with its staff
serve
by clerk.yi, window W01 receives "特种设备检验检测机构核准" for "示例检测公司第0001号" as A
by clerk.yi, window W01 accepts A
by clerk.yi, window W01 hands A to department
case A is due by law on 2024-07-22
by clerk.yi, A is suspended for expert_review until 2024-07-05 because "需要专家评审"
refused with identity.not_allowed
by handler.wu, A is suspended for expert_review until 2024-06-21 because "需要专家评审"
refused with casework.planned_end_past
by handler.wu, A is suspended for expert_review until 2024-07-05 because " "
refused with casework.reason_required
the clock moves to 2024-06-27T09:00
by handler.wu, A is suspended for expert_review until 2024-07-05 because "需要专家评审"
case A is in stage suspended
case A is to resume by 2024-07-05
case A has no limit by law
by chief.ji, A is granted
refused with casework.illegal_act
restart
case A is to resume by 2024-07-05

# Longer than told: a yellow card (JC-0204).
the clock moves to 2024-07-08T09:00
by handler.wu, A resumes with "专家评审通过"
case A is in stage in_review
# 27 June to 8 July, both included, are 8 working days.
case A is due by law on 2024-08-01
restart
by chief.ji, A is granted

# Who is bound by no permit law has only what its own basis names.
by clerk.yi, window W01 receives "重大违法行为举报奖励" for person "示例申请人第0002号" as B
by clerk.yi, window W01 accepts B
by clerk.yi, window W01 hands B to department
by handler.wu, B is suspended for hearing until 2024-07-31 because "需要听证"
refused with casework.no_special_procedure
