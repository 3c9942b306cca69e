# 数量有限的许可: who was accepted first is decided first, and when the number is used up nobody else is granted (行政许可法 §57).

centre with its staff
the catalogue limits "长江宜宾以下干流河道采砂许可" to 2
serve
account water.you works as chief_representative of slt
by clerk.yi, window W10 receives "长江宜宾以下干流河道采砂许可" for "示例砂石公司第0001号" as First
by clerk.yi, window W10 receives "长江宜宾以下干流河道采砂许可" for "示例砂石公司第0002号" as Second
by clerk.yi, window W10 receives "长江宜宾以下干流河道采砂许可" for "示例砂石公司第0003号" as Third
by clerk.yi, window W10 receives "长江宜宾以下干流河道采砂许可" for "示例砂石公司第0004号" as Fourth
by clerk.yi, window W10 accepts Second
by clerk.yi, window W10 accepts First
by clerk.yi, window W10 accepts Third
by clerk.yi, window W10 accepts Fourth
by clerk.yi, window W10 hands First to department
by clerk.yi, window W10 hands Second to department
by clerk.yi, window W10 hands Third to department
by clerk.yi, window W10 hands Fourth to department
# Two before it are not decided yet; it is the order of acceptance that counts, not of receipt.
by water.you, Third is granted
refused with casework.earlier_waits
by water.you, First is granted
restart
by water.you, Third is granted
refused with casework.earlier_waits
# Who steps back leaves the place to the next.
by clerk.yi, window W10 withdraws Second because "申请人书面撤回"
by water.you, Third is granted
restart
by water.you, Fourth is granted
refused with casework.quantity_exhausted
by water.you, Fourth is refused because "本年度数量已经用完"
case Fourth is in stage refused
