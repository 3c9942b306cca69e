# Contacts with business: the pledge of the list in force, a contact that meets a running case, a gift that another settles, and a report that few may read.

centre with its staff
serve
account clerk.yi signs the pledge of list 2023-1
refused with conduct.other_version
account clerk.yi signs the pledge of list 2024-1
account clerk.yi signs the pledge of list 2024-1
refused with conduct.signed_already

account clerk.yi registers a visit to 青禾示例食品有限公司 with 91510199MADEM0003F under clause F1
refused with conduct.wrong_clause
account clerk.yi registers a visit to 青禾示例食品有限公司 with 91510199MADEM0003F under clause Z2
account boss.bing sees 0 running cases of the last contact
window W01 receives 企业变更登记 for 青禾示例食品有限公司 with 91510199MADEM0003F as A
account boss.bing sees 1 running cases of the last contact
account clerk.yi is reminded of 1 contacts on case A
window W01 receives 企业变更登记 for 别家示例食品有限公司 as B
account clerk.yi is reminded of 0 contacts on case B

account clerk.yi hands in a gift card of 500 yuan
account clerk.yi gives the last gift back with 收条一张
refused with identity.not_allowed
account boss.bing gives the last gift back with 收条一张

account clerk.yi reports boss.bing under clause F5, saying 接受某企业宴请
account clerk.yi reports handler.wu under clause F5, saying 收受会员卡
account clerk.yi may not see reports
account chief.ji may not see reports
account boss.bing sees 1 reports
account boss.bing opens the first report and reads 收受会员卡
account boss.bing clears the first report with 已向本人澄清
refused with conduct.not_taken
account boss.bing takes up the first report
account boss.bing clears the first report with 已向本人澄清
restart
account boss.bing sees 1 reports
stop
the ledger says nowhere 宴请 会员卡 澄清 收条 购物卡 各付各的 扩建 企业厂区
verify says whole
rebuild says same
