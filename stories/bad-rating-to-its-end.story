# A bad rating is followed to its end: nobody puts it aside, it is appealed once, answered by who leads, and called back until somebody was reached.

centre with its staff
serve
a pad is opened at W01
account clerk.yi opens window W01
account guide.jia takes a number of ZH
account clerk.yi calls the next at W01
account clerk.yi finishes at W01
the pad rates A001 with 5
account boss.bing declines it because 言辞激烈
refused with hall.rating_not_declined
account boss.bing sorts it as simple for 省市场监管局
account boss.bing calls back before there is an answer
refused with hall.not_answered
account boss.bing upholds an appeal that nobody has made
refused with hall.no_appeal
account planner.chou appeals because 与本厅无关
refused with hall.not_of_your_department
account clerk.yi appeals because 不是我的错
refused with identity.not_allowed
account chief.ji appeals because ""
refused with hall.words_missing
account chief.ji appeals because 没有办过这个人的事
account chief.ji dismisses the appeal
refused with identity.not_allowed
account boss.bing dismisses the appeal
1 of 1 ratings of 2024-06-24 are bad
account chief.ji appeals because 请再核实一次
refused with hall.appealed_already
account chief.ji extends it by 6 days
refused with hall.too_long
account chief.ji extends it by 5 days
account chief.ji extends it by 1 days
refused with hall.extended_already
account chief.ji answers it with ""
refused with hall.words_missing
account chief.ji answers it with 已当面致歉并改正

# Whom nobody reaches is called three times, and the third says how it ended.
account boss.bing calls back and reaches nobody
account boss.bing calls back and reaches nobody
account boss.bing sees a bad_rating that is answered
account boss.bing calls back and reaches nobody
refused with hall.words_missing
account boss.bing calls back and reaches nobody noting 三次无人接听
account boss.bing sees a bad_rating that is closed

# Who is not content is answered a second time, and not a third.
account guide.jia takes a number of ZH
account clerk.yi calls the next at W01
account clerk.yi finishes at W01
the pad rates A002 with 4
account boss.bing sorts it as explain for 省市场监管局
account chief.ji answers it with 依规定需要原件
account boss.bing calls back and finds them unhappy
account chief.ji sees a bad_rating that is sorted
account chief.ji answers it with 已改为容缺受理
account boss.bing calls back and finds them unhappy
2 of 2 ratings of 2024-06-24 are bad
restart
2 of 2 ratings of 2024-06-24 are bad
stop
verify says whole
rebuild says same
