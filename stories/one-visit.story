# 即办件: decided and handed out where it was received; the chief representative signs at the window (行政许可法 §34(2)).

centre with its staff
serve
by clerk.yi, window W09 receives "股权出质登记" for "示例企业第0001号" as A
by clerk.yi, window W09 receives "股权出质登记" for "示例企业第0002号" as B
by clerk.yi, window W09 receives "股权出质登记" for "示例企业第0003号" as C
by clerk.yi, window W09 receives "股权出质登记" for "示例企业第0004号" as D
by clerk.yi, window W09 accepts A
by clerk.yi, window W09 accepts B
by clerk.yi, window W09 accepts C
by clerk.yi, window W09 accepts D
case A is promised for 2024-06-24
# Nothing is carried to a department without the reason why it cannot be decided on the spot.
by runner.ding, window W09 hands A to department
refused with casework.reason_required
by handler.wu, A is granted
refused with identity.not_allowed
by chief.ji, A is granted
by chief.ji, B is granted
by chief.ji, C is granted
by chief.ji, D is refused because "质权合同没有签字"
restart
by clerk.yi, window W09 issues A by window
by chief.ji, B gets its certificate
by issuer.ren, window W09 issues B by electronic
# A letter needs no counter: it may be closed.
by clerk.yi, C is closed without a paper
by clerk.yi, window W09 issues D by window
restart
case A is in stage issued
case B is in stage issued
case C is in stage closed
case C ended as completed
case D is in stage issued

# A licence is not closed away; it is handed out.
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0005号" as E
by clerk.yi, window W01 accepts E
# What is promised for a later day is decided in the department, not at the counter.
by chief.ji, E is granted
refused with casework.illegal_act
by clerk.yi, window W01 hands E to department
by chief.ji, E is granted
by clerk.yi, E is closed without a paper
refused with casework.something_to_deliver
stop
verify says whole
rebuild says same
