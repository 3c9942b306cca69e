# 一次性告知: everything that is wrong is told once and in full; what the applicant brings then is accepted (行政许可法 §32(1)(3)–(5)).

centre with its staff
serve
by clerk.yi, window W01 receives "特种设备检验检测机构核准" for "示例检测公司第0001号" without 质量管理体系文件 as A
# Five working days to tell; the day of the receipt is not counted.
case A is to be answered by 2024-07-01
by clerk.yi, window W01 accepts A
refused with casework.papers_missing
by guide.jia, A needs correcting 质量管理体系文件 "没有提交" "提交现行有效的全套文件"
refused with identity.not_allowed
by planner.chou, A needs correcting 质量管理体系文件 "没有提交" "提交现行有效的全套文件"
refused with casework.not_your_department
by clerk.yi, A needs correcting 质量管理体系文件 "没有提交" " "
refused with casework.defects_required
by clerk.yi, A needs correcting 质量管理体系文件 "没有提交" "提交现行有效的全套文件" 检验人员资格证 "只有一人的" "不少于三人，并在有效期内"
case A is in stage correction
# The applicant's time: ten working days, the centre's own rule; the law has none.
case A is to be corrected by 2024-07-08
case A allows receive_correction, withdraw
case A does not allow accept
restart
by clerk.yi, A is closed uncorrected because "申请人没有补来"
refused with casework.correction_running

# The five days begin again on the day on which the papers come.
the clock moves to 2024-06-27T10:00
by clerk.yi, A gets papers 质量管理体系文件
case A is in stage received
case A was received on 2024-06-27
case A is to be answered by 2024-07-04
# Small things are put right at the counter, without a notice.
by clerk.yi, A gets papers 检验人员资格证

# A second notice needs its reason and is a yellow card of its own (JC-0102).
by clerk.yi, A needs correcting 检测设备清单 "没有型号" "逐台写明型号"
refused with casework.second_notice
by clerk.yi, A needs a second correction because "首次告知时漏看了设备清单" 检测设备清单 "没有型号" "逐台写明型号"
case A is to be corrected by 2024-07-11
restart
by clerk.yi, A gets papers 检测设备清单
by handler.wu, window W01 accepts A
case A is in stage accepted
# 20 working days from 27 June (行政许可法 §42), 15 promised.
case A is due by law on 2024-07-25
case A is promised for 2024-07-18
stop
verify says whole
rebuild says same
