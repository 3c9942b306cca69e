# 视为受理: if nobody says anything for five working days, a permit is accepted by law, from the day its papers came (行政许可法 §32(1)(4)).

centre with its staff
serve
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0001号" as AtWindow
by citizen.gui, "特种设备使用登记" is applied for online by "示例企业第0002号" as Online
by citizen.gui, "特种设备使用登记" is applied for online by "示例企业第0003号" as Reviewed
by handler.wu, Reviewed passes the pre-review
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0005号" as Told
by clerk.yi, window W01 receives "重大违法行为举报奖励" for person "示例申请人第0004号" as Reward
case Reviewed is in stage to_receive
case Reviewed is to be answered by 2024-07-01

# On the fifth day nothing has happened yet; restarts do not count as days.
the clock moves to 2024-07-01T16:50
restart
case AtWindow is in stage received
case Online is in stage submitted
case Reviewed is in stage to_receive
# The window's day ends when it closes (民法典 §203): at ten to five there is time to tell, at ten past five there is none.
by clerk.yi, Told needs correcting "" "没有写明设备" "写明设备"
case Told is in stage correction
the clock moves to 2024-07-01T17:10
by clerk.yi, AtWindow needs correcting "" "没有写明设备" "写明设备"
refused with casework.notice_too_late
case AtWindow is in stage received

the clock moves to 2024-07-02T08:30
case Told is in stage correction
case AtWindow is in stage accepted
case Online is in stage accepted
case Reviewed is in stage accepted
case AtWindow was accepted on 2024-06-24
case AtWindow is due by law on 2024-07-22
case Online was accepted on 2024-06-24
restart
case AtWindow is due by law on 2024-07-22

# A reward is no permit: §32 does not make it accepted, and so does not forbid to ask for corrections; the card is there.
case Reward is in stage received
by clerk.yi, Reward needs correcting "" "不清楚" "写清楚"
case Reward is in stage correction
by clerk.yi, Reward gets papers 举报奖励申请表
by clerk.yi, window W01 accepts Reward
case Reward was accepted on 2024-07-02
case Reward has no limit by law

# Missing the five days is a red card with a supervision order (JC-0101), followed to its answer.
by clerk.yi, the supervision of AtWindow is answered with "窗口漏看"
refused with identity.not_allowed
by boss.bing, the supervision of AtWindow is over
refused with casework.not_answered
by boss.bing, AtWindow is put under supervision because "再发一份"
refused with casework.ordered_already
by handler.wu, the supervision of AtWindow is answered with "窗口漏看，已增加每日核对"
restart
by handler.wu, the supervision of AtWindow is over
refused with identity.not_allowed
# Dated back, its promise was over on the day it came out: that is explained before the order is closed.
by boss.bing, the supervision of AtWindow is over
refused with casework.overdue_unexplained
by handler.wu, the delay of AtWindow is explained by "收件后没有及时处理"
by boss.bing, the supervision of AtWindow is over
by boss.bing, the supervision of AtWindow is over
refused with casework.not_answered

# A permit accepted by law goes its way as every other.
by clerk.yi, window W01 hands AtWindow to department
by chief.ji, AtWindow is granted
case AtWindow is in stage granted
stop
verify says whole
rebuild says same
