# A report is read by few, by neither whom it is about nor who made it, and every look at it is in the audit; pledge and training are counted person by person.

centre with its staff
serve
account second.yi works as supervisor of 省政府政务服务和资源交易中心
account watcher.kan works as auditor
account clerk.yi reports handler.wu under clause Z2, saying 收受会员卡
refused with conduct.wrong_clause
account clerk.yi reports under clause F5 without naming anybody saying 收受会员卡
refused with conduct.about_nobody
account clerk.yi reports nobody.zhi under clause F5, saying 收受会员卡
refused with conduct.unknown_account
account clerk.yi reports second.yi under clause F5, saying 接受某企业宴请
account clerk.yi asks for the report just made
refused with identity.not_allowed
account chief.ji asks for the report just made
refused with identity.not_allowed
# Whom it is about has the right, and does not learn that it is there.
account second.yi sees 0 reports
account second.yi asks for the report just made
refused with conduct.unknown_report
account second.yi takes up the report just made
refused with conduct.unknown_report
account boss.bing opens the first report and reads 接受某企业宴请
account boss.bing takes up the report just made
account boss.bing takes up the report just made
refused with conduct.taken_already
account boss.bing settles the report just made as untrue with ""
refused with conduct.words_missing
account boss.bing settles the report just made as untrue with 当日在岗查无此事
account boss.bing settles the report just made as true_ with 再处理一次
refused with conduct.not_taken
account watcher.kan finds in the audit that boss.bing was read by conduct.read_report
account watcher.kan finds in the audit that chief.ji was refused by conduct.read_report
# Nor does who made it.
account boss.bing reports handler.wu under clause F1, saying 收受购物卡
account boss.bing asks for the report just made
refused with conduct.unknown_report
account second.yi sees 1 reports
account second.yi takes up the report just made

# Trainings.
account chief.ji records training 廉洁从业 on 2024-06-24 of clerk.yi handler.wu
refused with identity.not_allowed
account boss.bing records training 廉洁从业 on 2024-06-25 of clerk.yi handler.wu
refused with conduct.in_the_future
account boss.bing records training 廉洁从业 on 2024-06-24 of clerk.yi nobody.zhi
refused with conduct.unknown_account
account boss.bing records training 廉洁从业 on 2024-06-24 of clerk.yi handler.wu
account chief.ji sees training 廉洁从业 of 2 people

# Contacts and gifts.
account clerk.yi registers a meeting on 2024-06-25 with 青禾示例食品有限公司 with 91510199MADEM0003F under clause Z1
refused with conduct.in_the_future
account clerk.yi registers a meeting on 2024-06-24 with 青禾示例食品有限公司 with 91510199MADEM0003X under clause Z1
refused with conduct.bad_uscc
account boss.bing hands in a gift card of 2000000 yuan
refused with conduct.bad_value
account boss.bing hands in a gift card of 200 yuan
account boss.bing gives the last gift back with 收条二号
refused with conduct.own_gift
account second.yi gives the last gift back with 收条二号
account second.yi gives the last gift back with 收条三号
refused with conduct.settled_already

# The pledge is one of a year.
account boss.bing sees no pledge of clerk.yi
account clerk.yi signs the pledge of list 2024-1
account chief.ji sees the pledge of clerk.yi signed on 2024-06-24
account clerk.yi signs the pledge of list 2024-1
refused with conduct.signed_already
the clock moves to 2025-01-02T09:00
account boss.bing sees no pledge of clerk.yi
account clerk.yi signs the pledge of list 2024-1
account boss.bing sees the pledge of clerk.yi signed on 2025-01-02
stop
the ledger says nowhere 会员卡 宴请 查无此事 购物卡 收条二号
verify says whole
rebuild says same
