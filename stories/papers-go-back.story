# 流转: papers may go back and forth, each hand-over is signed for; a case that the applicant takes back has ended.

centre with its staff
serve
by clerk.yi, window W01 receives "企业变更登记" for "示例企业第0002号" as A
by clerk.yi, window W01 accepts A
by issuer.ren, window W01 hands A to department
refused with identity.not_allowed
by runner.ding, window W01 hands A to department
by handler.wu, window W01 takes A back
case A is in stage in_review
case A is held by reception_window
# The department cannot decide on papers that lie at the window.
by chief.ji, A is granted
refused with casework.illegal_act
restart
by clerk.yi, window W01 hands A to department
by chief.ji, A is granted
by runner.ding, A is handed to issue window W16
by issuer.ren, window W16 issues A
case A is in stage issued

by clerk.yi, window W02 receives "企业变更登记" for "示例企业第0003号" as B
by clerk.yi, window W02 withdraws B because "申请人改为网上办理"
case B is in stage withdrawn
case B allows nothing
by clerk.yi, window W02 accepts B
refused with casework.illegal_act
queue withdrawn shows B
