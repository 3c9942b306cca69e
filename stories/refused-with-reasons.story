# 不予许可: a refusal gives its reasons, is handed out as a grant is, and the supervisor knows of it (行政许可法 §38(2)).

centre with its staff
serve
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0001号" as A
by clerk.yi, window W01 accepts A
by clerk.yi, window W01 hands A to department
by chief.ji, A is refused without a reason
refused with casework.reason_required
by chief.ji, A is refused without a basis because "设备没有监督检验证明"
refused with casework.basis_required
by handler.wu, A is refused because "设备没有监督检验证明"
refused with identity.not_allowed
by clerk.yi, A is refused because "设备没有监督检验证明"
refused with identity.not_allowed
by chief.ji, A is refused because "设备没有监督检验证明"
case A is in stage refused
case A ended as completed
# No article sets days for handing a refusal out.
case A has no day of delivery
account boss.bing sees negatives decision_refused
restart
by handler.wu, A is handed to issue window W15
by issuer.ren, window W15 issues A by post
case A is in stage issued
account boss.bing acknowledges the latest no
restart
account boss.bing sees no open negatives
