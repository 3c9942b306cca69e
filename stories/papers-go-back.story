# Papers may go back and forth, each hand-over is signed; a case that the applicant takes back has ended.

centre replays quiet-2024-06-17.yaml
serve
window W01 receives "企业变更登记" for "示例企业第0002号" as A
window W01 accepts A
window W01 hands A to department
window W01 takes A back
case A is in stage in_review
case A is held by reception_window
# The department cannot decide on papers that lie at the window.
A is granted
refused with casework.illegal_act
window W01 hands A to department
A is granted
A is handed to issue window W16
window W16 issues A
case A is in stage issued

window W02 receives "企业变更登记" for "示例企业第0003号" as B
window W02 withdraws B because "申请人改为网上办理"
case B is in stage withdrawn
case B allows nothing
window W02 accepts B
refused with casework.illegal_act
queue withdrawn shows B
