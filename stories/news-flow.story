# News comes from the departments in time or marked late, warned of where it should be, returned, merged, declined and put in order, and nobody writes over another's text.

centre with its staff
serve
account chief.ji sends 举办企业座谈。 for 2024-06-24
refused with bulletin.not_open
account chief.ji begins the issue of 2024-06-24 to 2024-06-28
refused with identity.not_allowed
account boss.bing begins the issue of 2024-06-24 to 2024-06-28
account boss.bing begins the issue of 2024-06-24 to 2024-06-28
refused with bulletin.issue_open_already
account chief.ji sends 举办企业座谈。 for 2024-06-24 as of 自然资源厅
refused with bulletin.other_department
account chief.ji gets no warning of 举办企业座谈。 for 2024-06-24
account chief.ji sends 举办企业座谈。 for 2024-06-24
account planner.chou sends 自然资源专窗开放。 for 2024-06-24

# A word that should not be printed, and a person's name: whoever sends them has seen that.
account chief.ji is warned of bulletin.check.sensitive in 评为全省最佳窗口。 for 2024-06-24
account chief.ji sends 评为全省最佳窗口。 for 2024-06-24
refused with bulletin.not_acknowledged
account chief.ji sends 评为全省最佳窗口。 for 2024-06-24 having seen its warnings
account chief.ji is warned of bulletin.check.citizen in 申请人张小明当场领证。 for 2024-06-24
account chief.ji sends 申请人张小明当场领证。 for 2024-06-24
refused with bulletin.not_acknowledged
# A figure that is not the ledger's.
account chief.ji is warned of bulletin.lint.figure in 本周受理720件。 for 2024-06-24
account chief.ji sends 本周受理720件。 for 2024-06-24

# Versions.
account chief.ji rewrites item 举办企业座谈。 of 2024-06-24 as 举办企业座谈会。
account chief.ji rewrites version 1 of item 举办企业座谈会。 of 2024-06-24 as 举办座谈会。
refused with bulletin.item_changed
account planner.chou rewrites item 举办企业座谈会。 of 2024-06-24 as 举办座谈会。
refused with bulletin.other_department
account planner.chou withdraws item 举办企业座谈会。 of 2024-06-24
refused with bulletin.other_department
account chief.ji takes item 举办企业座谈会。 of 2024-06-24
refused with identity.not_allowed
account boss.bing returns item 举办企业座谈会。 of 2024-06-24 because ""
refused with bulletin.reason_missing
account boss.bing returns item 举办企业座谈会。 of 2024-06-24 because 请写明企业数
account boss.bing takes item 举办企业座谈会。 of 2024-06-24
refused with bulletin.item_not_waiting
account chief.ji rewrites item 举办企业座谈会。 of 2024-06-24 as 举办企业座谈会，8家企业参加。
account boss.bing takes item 举办企业座谈会，8家企业参加。 of 2024-06-24
account chief.ji rewrites item 举办企业座谈会，8家企业参加。 of 2024-06-24 as 举办座谈会。
refused with bulletin.item_not_editable

# Declined, merged, put in order.
account boss.bing declines item 评为全省最佳窗口。 of 2024-06-24 because 绝对化用语
account chief.ji sees item 评为全省最佳窗口。 of 2024-06-24 as declined and late false
account chief.ji withdraws item 评为全省最佳窗口。 of 2024-06-24
refused with bulletin.item_not_editable
account boss.bing merges items 举办企业座谈会，8家企业参加。 and 举办企业座谈会，8家企业参加。 of 2024-06-24 into 举办座谈会。
refused with bulletin.too_few_items
account boss.bing merges items 举办企业座谈会，8家企业参加。 and 自然资源专窗开放。 of 2024-06-24 into 举办座谈会。
refused with bulletin.other_week
account boss.bing merges items 举办企业座谈会，8家企业参加。 and 本周受理720件。 of 2024-06-24 into 受理720件，举办企业座谈会。
account chief.ji sees item 本周受理720件。 of 2024-06-24 as merged and late false
account boss.bing takes item 自然资源专窗开放。 of 2024-06-24
account boss.bing orders the items of 2024-06-24 as 自然资源专窗开放。 and 自然资源专窗开放。
refused with bulletin.bad_order
account boss.bing orders the items of 2024-06-24 as 自然资源专窗开放。 and 受理720件，举办企业座谈会。

# Behind the deadline it is late, and says so.
the clock moves to 2024-06-28T17:30
account chief.ji sends 周五夜间延时服务。 for 2024-06-24
account chief.ji sees item 周五夜间延时服务。 of 2024-06-24 as submitted and late true
account chief.ji withdraws item 周五夜间延时服务。 of 2024-06-24

# The figure is still not the ledger's: whoever presents has seen it.
account boss.bing presents 2024-06-24
refused with bulletin.imprint_missing
account boss.bing dates the issue of 2024-06-24 with 2024-07-04 and prints 10
account boss.bing is warned of bulletin.lint.figure about 2024-06-24 saying 720
account boss.bing presents 2024-06-24 without a look at its warnings
refused with bulletin.not_acknowledged
account boss.bing presents 2024-06-24
account chief.ji sends 再来一条。 for 2024-06-24
refused with bulletin.under_review
the public has no issue of 2024-06-24
bulletin internal text of 2024-06-24 says 自然资源专窗开放 举办企业座谈会
bulletin internal text of 2024-06-24 never says 最佳 张小明 延时服务
stop
verify says whole
rebuild says same
