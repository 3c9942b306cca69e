# 不予受理: a window turns an application away with its reason, names who is competent, and the supervisor knows (行政许可法 §32(1)(1), (2)).

centre with its staff
serve
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0001号" as A
by runner.ding, window W01 turns A down because "不归我们管"
refused with identity.not_allowed
by clerk.yi, window W01 turns A down as not competent, " " is, because "属于住房城乡建设部门职权"
refused with casework.authority_required
by clerk.yi, window W01 turns A down because " "
refused with casework.reason_required
by clerk.yi, window W01 turns A down as not competent, "某市住房城乡建设局" is, because "属于住房城乡建设部门职权"
case A is in stage not_accepted
case A ended as returned
account boss.bing sees negatives acceptance_refused
restart
case A has no clock running
case A allows nothing
by clerk.yi, window W01 accepts A
refused with casework.illegal_act

# What came online and needs no permit, or is another's, is told at once, whether it is still in the pre-review or waits for its papers.
by citizen.gui, "特种设备使用登记" is applied for online by "示例企业第0002号" as Online
by citizen.gui, "特种设备使用登记" is applied for online by "示例企业第0003号" as Reviewed
by clerk.yi, Reviewed passes the pre-review
by clerk.yi, window W01 turns Online down as not competent, "某市市场监管局" is, because "属于市级权限"
by clerk.yi, window W01 turns Reviewed down as not competent, "某市市场监管局" is, because "属于市级权限"
restart
case Online is in stage not_accepted
case Reviewed is in stage not_accepted

# Also whoever was turned away says what they think of it, once; nobody of the house says it for them.
by clerk.yi, Online is evaluated with 1
refused with identity.not_allowed
by citizen.gui, Online is evaluated with 6
refused with casework.bad_level
by citizen.gui, Online is evaluated with 4
by citizen.gui, Online is evaluated with 1
refused with casework.evaluated_already
restart
by issuer.ren, Online is evaluated with 1
refused with identity.not_allowed
by citizen.gui, Online is evaluated with 1
refused with casework.evaluated_already
