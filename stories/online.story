# 网上申报: it counts from the moment it is sent; the pre-review sends it back with everything at once, or takes it on (行政许可法 §29(3), §33).

centre with its staff
serve
by clerk.yi, "特种设备检验检测机构核准" is applied for online by "示例检测公司第0001号" as X
refused with identity.not_allowed
by citizen.gui, "特种设备检验检测机构核准" is applied for online by "示例检测公司第0001号" without 检测设备清单 as A
case A is in stage submitted
case A is to be answered by 2024-07-01
by citizen.gui, A passes the pre-review
refused with identity.not_allowed
by clerk.yi, window W01 takes in A
refused with casework.no_direct_receipt
by handler.wu, A needs correcting 检测设备清单 "没有上传" "上传盖章的清单"
case A is in stage pre_returned
case A is to be corrected by 2024-07-08
restart
by clerk.yi, A passes the pre-review
refused with casework.illegal_act
the clock moves to 2024-06-26T20:00
by citizen.gui, A gets papers 检测设备清单
case A is in stage submitted
# Evening is still the same day online; the five days run from 26 June.
case A is to be answered by 2024-07-03
by clerk.yi, A passes the pre-review
case A is in stage to_receive
case A is to be answered by 2024-07-03
restart
by runner.ding, window W01 takes in A
refused with identity.not_allowed
by clerk.yi, window W01 takes in A
case A is in stage received
case A is to be answered by 2024-07-03
by clerk.yi, window W01 accepts A
case A was accepted on 2024-06-26

# A matter that needs no pre-review is taken in directly.
by citizen.gui, "企业设立登记" is applied for online by "示例企业第0002号" as B
by clerk.yi, window W09 takes in B
by clerk.yi, window W09 accepts B
restart
case B is in stage accepted
stop
verify says whole
rebuild says same
