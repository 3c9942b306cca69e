# A training is recorded by who held it, its sheet says who came, and it becomes news of the week when an editor takes it.

centre with its staff
serve
account clerk.yi records activity 服务规范培训 of 省市场监管局 with 90 and more and invites clerk.yi handler.wu
refused with identity.not_allowed
account planner.chou records activity 服务规范培训 of 省市场监管局 with 90 and more and invites clerk.yi handler.wu
refused with reform.other_department
account chief.ji records activity 服务规范培训 of 省市场监管局 with 0 and more and invites clerk.yi handler.wu
refused with reform.bad_count
account chief.ji records activity 服务规范培训 of 省市场监管局 with 90 and more and invites clerk.yi nobody.zhi
refused with reform.unknown_account
account chief.ji records activity 服务规范培训 of 省市场监管局 with 90 and more and invites clerk.yi handler.wu issuer.ren

account chief.ji asks for the sheet
refused with reform.no_sheet
account planner.chou takes the sheet with clerk.yi present and handler.wu excused
refused with reform.other_department
account chief.ji takes the sheet with planner.chou present and handler.wu excused
refused with reform.not_invited
account chief.ji takes the sheet with clerk.yi present and clerk.yi excused
refused with reform.not_invited
account chief.ji takes the sheet with clerk.yi present and handler.wu excused
account chief.ji takes the sheet with issuer.ren present and handler.wu excused
refused with reform.sheet_taken_already
account chief.ji sees the activity with 1 present and 1 excused and its offer none
# Who stayed away is read by those who take sheets, of their own department; the audit says of which activity.
account watcher.kan works as auditor
account chief.ji reads on the sheet that issuer.ren stayed away
account watcher.kan finds in the audit that chief.ji looked at the sheet of the activity
account clerk.yi asks for the sheet
refused with identity.not_allowed
account planner.chou asks for the sheet
refused with reform.other_department

account boss.bing takes the offer
refused with reform.not_offered
account chief.ji offers 省市场监管局开展服务规范培训。 as news of 2024-06-25
refused with reform.no_week
account chief.ji offers 省市场监管局开展服务规范培训。 as news of 2024-06-24
account chief.ji offers 省市场监管局开展服务规范培训。 as news of 2024-06-24
refused with reform.offered_already
account chief.ji takes the offer
refused with identity.not_allowed
account boss.bing lets the offer go because ""
refused with reform.words_missing
account boss.bing lets the offer go because 请写明参加人数
account chief.ji reads 请写明参加人数 to the offer
account chief.ji offers 90余名窗口工作人员参加服务规范培训。 as news of 2024-06-24
account boss.bing begins the issue of 2024-06-24 to 2024-06-28
account boss.bing enters 90余名窗口工作人员参加服务规范培训。 as news of 2024-06-24
account boss.bing takes the offer
account chief.ji sees the activity with 1 present and 1 excused and its offer taken
account chief.ji offers 再报一次。 as news of 2024-06-24
refused with reform.offered_already
bulletin internal text of 2024-06-24 says 90余名窗口工作人员参加服务规范培训
restart
account chief.ji sees the activity with 1 present and 1 excused and its offer taken
stop
verify says whole
rebuild says same
