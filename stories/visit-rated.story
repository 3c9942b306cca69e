# A visit is rated once, when it is over, by whoever came and never by the staff; a bad rating is followed up, and rates carry their denominator.

centre with its staff
serve
a kiosk is opened
a pad is opened at W01
account clerk.yi opens window W01
the kiosk gives a number of ZH
the kiosk gives a number of ZH
account clerk.yi calls the next at W01
the pad rates A001 with 1
refused with hall.not_served
account clerk.yi finishes at W01
the pad rates A002 with 1
refused with hall.not_served
the pad rates A001 with 6
refused with hall.bad_level
the pad rates A001 with 5
the same again changes nothing
the pad rates A001 with 1
refused with hall.rated_already
account clerk.yi calls the next at W01
account clerk.yi finishes at W01
the pad rates A002 with 2
1 of 2 ratings of 2024-06-24 are bad
account boss.bing sees a bad_rating that is opened

# Who was rated may appeal; what is upheld is counted no more, and stays in the ledger.
account boss.bing sorts it as simple for 省市场监管局
account chief.ji appeals because 评的是另一个窗口
account boss.bing upholds the appeal
account boss.bing sees a bad_rating that is closed
0 of 1 ratings of 2024-06-24 are bad

# An appeal that is dismissed goes on where it stood; who rated at the pad left no number, and is not called for show.
the kiosk gives a number of ZH
account clerk.yi calls the next at W01
account clerk.yi finishes at W01
the pad rates A003 with 5
account boss.bing sorts it as simple for 省市场监管局
account chief.ji appeals because 已经当场说明
account boss.bing dismisses the appeal
account chief.ji answers it with 当面说明，增开窗口
account boss.bing says that no contact was left
account boss.bing sees a bad_rating that is closed
1 of 2 ratings of 2024-06-24 are bad
restart
1 of 2 ratings of 2024-06-24 are bad
stop
verify says whole
rebuild says same
