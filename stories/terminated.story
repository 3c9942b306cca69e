# 终止: a case that has lost its object, or stands on false papers, ends with its reason and its code (行政许可法 §78).

centre with its staff
serve
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0001号" as Accepted
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0002号" as InReview
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0003号" as Recorrecting
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0004号" as Suspended
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0005号" as Forwarded
by clerk.yi, window W01 accepts Accepted
by clerk.yi, window W01 accepts InReview
by clerk.yi, window W01 accepts Recorrecting
by clerk.yi, window W01 accepts Suspended
by clerk.yi, window W01 accepts Forwarded
by clerk.yi, window W01 hands InReview to department
by clerk.yi, window W01 hands Recorrecting to department
by clerk.yi, window W01 hands Suspended to department
by clerk.yi, window W01 hands Forwarded to department
by handler.wu, Recorrecting needs correcting "" "设备编号不一致" "以铭牌为准"
by handler.wu, Suspended is suspended for inspection until 2024-07-01 because "需要检验"
by handler.wu, Forwarded is forwarded to "某市市场监管局" with "属地登记"
refused with casework.no_preliminary_review
by handler.wu, Forwarded is forwarded as another's to "某市市场监管局" with "属地登记"
restart
by clerk.yi, Accepted is terminated as subject_ended because "企业已注销"
refused with identity.not_allowed
by planner.chou, Accepted is terminated as subject_ended because "企业已注销"
refused with casework.not_your_department
by handler.wu, Accepted is terminated as subject_ended because " "
refused with casework.reason_required
by handler.wu, Accepted is terminated without a basis because "企业已注销"
refused with casework.basis_required
by handler.wu, Accepted is terminated as subject_ended because "企业已注销"
by handler.wu, InReview is terminated as false_material because "合格证明是伪造的"
by chief.ji, Recorrecting is terminated as impossible because "设备已报废"
by handler.wu, Suspended is terminated as impossible because "设备已报废"
by chief.ji, Forwarded is terminated as other because "申请事项并入另一件"
restart
case Accepted ended as voided
case InReview is in stage terminated
case Suspended has no clock running
case Forwarded allows nothing
queue terminated shows Accepted InReview Recorrecting Suspended Forwarded
