# What the law or the catalogue does not allow is refused with a reason, and leaves no trace in the case.

centre replays quiet-2024-06-17.yaml
serve

# What does not exist.
window W01 receives "没有这个事项" for "示例企业第0001号" as X
refused with casework.unknown_matter
window W99 receives "企业变更登记" for "示例企业第0001号" as X
refused with casework.unknown_window
window W01 accepts 20240624000001
refused with casework.unknown_case

# A window takes what it is there for.
window W13 receives "企业变更登记" for "示例企业第0001号" as X
refused with casework.window_not_for_department
window W15 receives "企业变更登记" for "示例企业第0001号" as X
refused with casework.window_not_for_department

# A code with a wrong check digit is nobody's code; so is a number with a day that does not exist.
window W01 receives "企业变更登记" for "示例企业第0001号" with 11510000MB1690541X as X
refused with base.bad_check
window W01 receives "企业变更登记" for "示例企业第0001号" with 11510000MB1690541M as A
window W01 receives "社会保障卡申领" for person "示例申请人第0001号" with 510000199002301234 as X
refused with base.bad_identifier
queue received shows A

# The order of the acts is the law's.
window W01 hands A to department
refused with casework.illegal_act
A is granted
refused with casework.illegal_act
window W15 issues A
refused with casework.illegal_act
case A is in stage received
window W01 accepts A
window W01 accepts A
refused with casework.illegal_act
case A is in stage accepted
A is handed to issue window W15
refused with casework.illegal_act

# A refusal needs a reason (行政许可法 §38); with one it is delivered as a result is.
window W01 hands A to department
A is refused without a reason
refused with casework.reason_required
case A is in stage in_review
A is refused because "不符合法定条件：材料与实际不符"
case A is in stage refused
A is handed to issue window W15
window W01 issues A
refused with casework.not_an_issue_window
window W15 issues A
case A is in stage issued

# Refusing to accept needs a reason as well.
window W01 receives "企业变更登记" for "示例企业第0002号" as B
window W01 turns B down because " "
refused with casework.reason_required
window W01 turns B down because "不属于本机关职权范围"
case B is in stage not_accepted
case B allows nothing

# One key, one command: the same body is answered from before, another body is refused.
window W01 answers a question for "省市场监管局"
the same again changes nothing
the same key with another body
refused with engine.command_id_conflict
window W01 answers a question for "没有这个部门"
refused with casework.unknown_department

# A refusal stored nothing: after a restart and a rebuild the queues are the same.
stop
verify says whole
rebuild says same
serve
queue received is empty
queue issued shows A
queue not_accepted shows B
