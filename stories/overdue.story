# 超期: a promise that is missed is a yellow card, the law's limit a red one; it is explained in public and followed by an order to its answer (优化营商环境条例 §36).

centre with its staff
serve
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0001号" as A
by clerk.yi, window W01 accepts A
by clerk.yi, window W01 hands A to department
case A is promised for 2024-07-01
by handler.wu, the delay of A is explained by "检验排队"
refused with casework.not_overdue
the public reads 0 overdue explanations

# The promise is over, the law's limit is not: yellow, no order.
the clock moves to 2024-07-02T09:00
by handler.wu, the supervision of A is answered with "正在办理"
refused with casework.not_ordered
by clerk.yi, the delay of A is explained by "检验排队"
refused with identity.not_allowed
by handler.wu, the delay of A is explained by "检验机构排队，预计两周内办结"
by handler.wu, the delay of A is explained by "再说一次"
refused with casework.explained_already
the public reads 1 overdue explanations
# An explanation that was taken back is not public any more.
by handler.wu, the last act on A is reversed because "理由写错了"
the public reads 0 overdue explanations
by handler.wu, the delay of A is explained by "检验机构排队，预计两周内办结"
the public reads 1 overdue explanations
restart
the public reads 1 overdue explanations

# The supervisor may order earlier than the rules do.
by handler.wu, A is put under supervision because "自己督办自己"
refused with identity.not_allowed
by boss.bing, A is put under supervision because "承诺时限已过"
by chief.ji, the supervision of A is answered with "已加派人员"
by boss.bing, the supervision of A is over

# The law's limit: a red card, and an order by the rules (JC-0201).
the clock moves to 2024-07-23T09:00
restart
by chief.ji, the supervision of A is answered with "今日办结，责任人已谈话"
# What was said of the promise does not explain the law's limit: an order stays open until that is explained as well.
by boss.bing, the supervision of A is over
refused with casework.overdue_unexplained
by handler.wu, the delay of A is explained by "检验机构排队，今日收到检验报告"
the public reads 2 overdue explanations
by handler.wu, the delay of A is explained by "再说一次"
refused with casework.explained_already
by boss.bing, the supervision of A is over
by chief.ji, A is granted
by handler.wu, A is handed to issue window W15
# Ten working days to deliver (行政许可法 §44); the last is 6 August.
case A is to be delivered by 2024-08-06
the clock moves to 2024-08-07T09:00
by handler.wu, the supervision of A is answered with "申请人已约定明日领取"
by issuer.ren, window W15 issues A by window
by boss.bing, the supervision of A is over
restart
case A has no clock running
strangers find nowhere "示例企业第0001号"
stop
verify says whole
rebuild says same
