# A window may not say "no" alone: every refusal has its reason and reaches the supervisor, who lets it stand or corrects it (否定报备制).

centre with its staff
serve
account boss.bing sees no open negatives

account clerk.yi says no for "省市场监管局" because " "
refused with casework.no_needs_reason
account clerk.yi says no for "省市场监管局" because "要办的不是本中心的事项"
window W01 receives "企业变更登记" for "示例企业第0001号" as A
window W01 turns A down because "不属于本机关职权范围"
window W01 receives "企业变更登记" for "示例企业第0002号" as B
window W01 accepts B
window W01 hands B to department
B is refused because "不符合法定条件"
account boss.bing sees negatives decision_refused, acceptance_refused, without_case

account boss.bing acknowledges the latest no
account boss.bing sees negatives acceptance_refused, without_case
restart
account boss.bing corrects the latest no by " "
refused with casework.text_required
account boss.bing corrects the latest no by "通知申请人重新申请，窗口当面致歉"
account boss.bing acknowledges the latest no
account boss.bing sees no open negatives
strangers find nowhere "要办的不是本中心的事项"
the public reads 0 overdue explanations
stop
verify says whole
rebuild says same
