# 核查与告知: a site is inspected by two officials at least, and whom a permit concerns directly is told (行政许可法 §34(3), §36).

centre with its staff
serve
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0001号" as A
by clerk.yi, window W01 accepts A
by clerk.yi, window W01 hands A to department
by handler.wu, A is inspected, "设备与申报一致", by "核查员甲"
refused with casework.two_officials
by handler.wu, A is inspected, "设备与申报一致", by "核查员甲" "核查员甲"
refused with casework.two_officials
by runner.ding, A is inspected, "设备与申报一致", by "核查员甲" "核查员乙"
refused with identity.not_allowed
by handler.wu, A is inspected, "设备与申报一致", by "核查员甲" "核查员乙"
by handler.wu, third parties of A are told " "
refused with casework.text_required
by handler.wu, third parties of A are told "相邻单位可在五日内陈述意见"
restart
case A is in stage in_review
case A is due by law on 2024-07-22
by chief.ji, A is granted
refused with casework.answer_running
restart
by chief.ji, A is granted having heard "相邻单位已书面表示没有意见，放弃听证"

# §36 is about permits.
by clerk.yi, window W01 receives "重大违法行为举报奖励" for person "示例申请人第0002号" as B
by clerk.yi, window W01 accepts B
by clerk.yi, window W01 hands B to department
by handler.wu, third parties of B are told "相邻单位可在五日内陈述意见"
refused with casework.illegal_act
