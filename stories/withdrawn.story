# 撤回: the applicant may take an application back at any time before the decision, wherever it is; then it is over.

centre with its staff
serve
by citizen.gui, "特种设备使用登记" is applied for online by "示例企业第0001号" as Submitted
by citizen.gui, "特种设备使用登记" is applied for online by "示例企业第0002号" as Returned
by clerk.yi, Returned needs correcting "" "没有写明设备" "写明设备"
by citizen.gui, "特种设备使用登记" is applied for online by "示例企业第0003号" as ToReceive
by clerk.yi, ToReceive passes the pre-review
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0004号" as Received
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0005号" as Correction
by clerk.yi, Correction needs correcting "" "没有写明设备" "写明设备"
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0006号" as Accepted
by clerk.yi, window W01 accepts Accepted
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0007号" as InReview
by clerk.yi, window W01 accepts InReview
by clerk.yi, window W01 hands InReview to department
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0008号" as Recorrecting
by clerk.yi, window W01 accepts Recorrecting
by clerk.yi, window W01 hands Recorrecting to department
by handler.wu, Recorrecting needs correcting "" "设备编号不一致" "以铭牌为准"
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0009号" as Suspended
by clerk.yi, window W01 accepts Suspended
by clerk.yi, window W01 hands Suspended to department
by handler.wu, Suspended is suspended for inspection until 2024-07-01 because "需要检验"
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0010号" as Forwarded
by clerk.yi, window W01 accepts Forwarded
by clerk.yi, window W01 hands Forwarded to department
by handler.wu, Forwarded is forwarded as another's to "某市市场监管局" with "属地登记"
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0011号" as Granted
by clerk.yi, window W01 accepts Granted
by clerk.yi, window W01 hands Granted to department
by chief.ji, Granted is granted
restart
by handler.wu, InReview is withdrawn because "申请人电话要求"
refused with identity.not_allowed
by clerk.yi, Submitted is withdrawn because " "
refused with casework.text_required
by clerk.yi, Submitted is withdrawn because "申请人书面撤回"
by clerk.yi, Returned is withdrawn because "申请人书面撤回"
by clerk.yi, ToReceive is withdrawn because "申请人书面撤回"
by clerk.yi, window W01 withdraws Received because "申请人书面撤回"
by clerk.yi, window W01 withdraws Correction because "申请人书面撤回"
by clerk.yi, window W01 withdraws Accepted because "申请人书面撤回"
by clerk.yi, window W01 withdraws InReview because "申请人书面撤回"
by clerk.yi, window W01 withdraws Recorrecting because "申请人书面撤回"
by clerk.yi, window W01 withdraws Suspended because "申请人书面撤回"
by clerk.yi, window W01 withdraws Forwarded because "申请人书面撤回"
by clerk.yi, window W01 withdraws Granted because "申请人书面撤回"
refused with casework.illegal_act
restart
# Before the acceptance the papers go back (退回); after it the case is void (作废).
case Submitted ended as returned
case Correction ended as returned
case Accepted ended as voided
case Forwarded ended as voided
case Suspended has no clock running
case InReview allows nothing
queue withdrawn shows Submitted Returned ToReceive Received Correction Accepted InReview Recorrecting Suspended Forwarded
