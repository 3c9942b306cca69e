# 容缺受理: a paper of the published list may come later, by a promised day; without it nothing is granted (行政许可法 §38(1)).

centre with its staff
serve
by clerk.yi, window W01 receives "特种设备检验检测机构核准" for "示例检测公司第0001号" without 检测设备清单 as A
by clerk.yi, window W01 receives "特种设备检验检测机构核准" for "示例检测公司第0002号" without 检测设备清单 as B
by clerk.yi, window W01 receives "特种设备检验检测机构核准" for "示例检测公司第0003号" without 质量管理体系文件 as C
# Not on the list; or later than the list allows: seven working days, until 3 July.
by clerk.yi, window W01 accepts C deferring 质量管理体系文件 until 2024-06-28
refused with casework.not_deferrable
by clerk.yi, window W01 accepts A deferring 检测设备清单 until 2024-07-04
refused with casework.deferral_too_long
by clerk.yi, window W01 accepts A deferring 检测设备清单 until 2024-07-03
by clerk.yi, window W01 accepts B deferring 检测设备清单 until 2024-07-03
case A is due by law on 2024-07-22
by runner.ding, window W01 hands A to department
by runner.ding, window W01 hands B to department
restart
by chief.ji, A is granted
refused with casework.papers_open
by handler.wu, A gets papers 检测设备清单
refused with casework.not_your_act
# A correction is asked for meanwhile: a deferred paper can come all the same, and does not answer it.
by handler.wu, A needs correcting 质量管理体系文件 "缺签发页" "补签发页"
by clerk.yi, A gets deferred papers 检测设备清单
case A is in stage correction_in_review
by clerk.yi, A gets deferred papers 检测设备清单
refused with casework.not_deferrable
by clerk.yi, A gets papers 质量管理体系文件
restart
by chief.ji, A is granted
by handler.wu, A is handed to issue window W15
by issuer.ren, A gets its certificate
by issuer.ren, window W15 issues A by window
case A is in stage issued

# An applicant brings it online. What comes with a correction is there as well.
by citizen.gui, "特种设备检验检测机构核准" is applied for online by "示例检测公司第0004号" without 检测设备清单 as Online
by clerk.yi, Online passes the pre-review
by clerk.yi, window W01 takes in Online
by clerk.yi, window W01 accepts Online deferring 检测设备清单 until 2024-07-03
by citizen.gui, Online gets papers 检测设备清单
by runner.ding, window W01 hands Online to department
by chief.ji, Online is granted

# A promise that is not kept is a yellow card the day after (JC-0205), and the case may end for it.
the clock moves to 2024-07-04T09:00
by clerk.yi, B is terminated as deferred_not_supplied because "容缺材料逾期未补"
refused with identity.not_allowed
by handler.wu, B is terminated as no_such_code because "容缺材料逾期未补"
refused with casework.bad_code
by handler.wu, B is terminated as deferred_not_supplied because "容缺材料逾期未补"
case B is in stage terminated
case B ended as not_supplied
