# 转报: what a higher or another authority must see leaves with an opinion, comes back with its result, or ends there (行政许可法 §35, §43).

centre with its staff
serve
account forest.shen works as chief_representative of lcj
by clerk.yi, window W10 receives "国家重点保护野生动物人工繁育许可" for "示例繁育场第0001号" as A
by clerk.yi, window W10 receives "国家重点保护野生动物人工繁育许可" for "示例繁育场第0002号" as B
by clerk.yi, window W10 accepts A
by clerk.yi, window W10 accepts B
by runner.ding, window W10 hands A to department
by runner.ding, window W10 hands B to department
by forest.shen, A is forwarded to " " with "初审同意"
refused with casework.authority_required
by clerk.yi, A is forwarded to "上级林草主管部门" with "初审同意"
refused with identity.not_allowed
by forest.shen, A is forwarded to "上级林草主管部门" with "初审同意"
by forest.shen, B is forwarded to "上级林草主管部门" with "初审同意，由上级决定"
case A is in stage forwarded
case A has no limit by law
by forest.shen, A is granted
refused with casework.illegal_act
restart
the clock moves to 2024-07-01T09:00
by forest.shen, A comes back with "上级审查同意"
case A is in stage in_review
# The first review is due in 20 working days (§43); 24 June to 1 July are six that A was elsewhere.
case A is due by law on 2024-07-29
by forest.shen, B is closed as forwarded
case B is in stage closed
case B ended as forwarded
restart
by forest.shen, A is granted
case B allows nothing

# What turns out to be another authority's goes there; no article stops the clocks meanwhile.
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0001号" as Elsewhere
by clerk.yi, window W01 accepts Elsewhere
by clerk.yi, window W01 hands Elsewhere to department
by handler.wu, Elsewhere is forwarded to "某市市场监管局" with "属于市级权限"
refused with casework.no_preliminary_review
by handler.wu, Elsewhere is forwarded as another's to "某市市场监管局" with "属于市级权限"
case Elsewhere is in stage forwarded
case Elsewhere is due by law on 2024-07-29
