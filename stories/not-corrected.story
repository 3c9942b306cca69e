# 补交不来: whoever does not bring what was asked for in time may be closed as such, never a day too early.

centre with its staff
serve
by clerk.yi, window W01 receives "特种设备检验检测机构核准" for "示例检测公司第0001号" without 质量管理体系文件 as AtWindow
by clerk.yi, AtWindow needs correcting 质量管理体系文件 "没有提交" "提交全套文件"
by citizen.gui, "特种设备检验检测机构核准" is applied for online by "示例检测公司第0002号" without 质量管理体系文件 as Online
by handler.wu, Online needs correcting 质量管理体系文件 "没有上传" "上传全套文件"
by clerk.yi, window W01 receives "特种设备检验检测机构核准" for "示例检测公司第0003号" as InReview
by clerk.yi, window W01 accepts InReview
by runner.ding, window W01 hands InReview to department
by handler.wu, InReview needs correcting 检测设备清单 "与现场不符" "按现场设备重新填报"
case InReview is in stage correction_in_review
# A correction in review is not one of the pauses of 行政许可法 §45: the clocks run on.
case InReview is due by law on 2024-07-22
case InReview is to be corrected by 2024-07-08
case Online is in stage pre_returned
restart

the clock moves to 2024-07-08T16:30
by boss.bing, AtWindow is closed uncorrected because "期满没有补来"
refused with casework.correction_running
by handler.wu, InReview is closed uncorrected because "期满没有补来"
refused with casework.correction_running

the clock moves to 2024-07-09T09:10
by handler.wu, AtWindow is closed uncorrected because "期满没有补来"
refused with casework.not_your_act
by boss.bing, AtWindow is closed uncorrected because "期满没有补来"
by clerk.yi, Online is closed uncorrected because "期满没有补来"
by handler.wu, InReview is closed uncorrected because "期满没有补来"
restart
case AtWindow is in stage terminated
case AtWindow ended as not_supplied
case Online ended as not_supplied
case InReview ended as not_supplied
case InReview has no clock running
case InReview allows nothing
