# The bulletin desk: what is signed is what was read, nobody signs twice, numbers have no gap, and what is issued is what everybody gets from then on.

centre with its staff
serve
account editor.xin works as supervisor of 省政府政务服务和资源交易中心
account signer.geng works as supervisor of 省政府政务服务和资源交易中心

the clock moves to 2024-07-01T09:00
# A mistyped year would leave no week that can follow; a week that was published from a file is not opened again, nor changed.
account editor.xin begins the issue of 2034-06-26 to 2034-06-30
refused with bulletin.opened_early
account editor.xin begins the issue of 2024-06-17 to 2024-06-21
refused with bulletin.published_already
account editor.xin enters 补登一条。 as news of 2024-06-17
refused with bulletin.published_already
account editor.xin dates the issue of 2024-06-17 with 2024-06-25 and prints 10
refused with bulletin.published_already

account editor.xin begins the issue of 2024-06-24 to 2024-06-28
account chief.ji sends 召开企业座谈会。 for 2024-06-24
account editor.xin takes every item of 2024-06-24
account editor.xin records that 某某乙 was ill from 2024-06-24 to 2024-06-28
account editor.xin dates the issue of 2024-06-24 with 2042-07-04 and prints 10
refused with bulletin.bad_issue_day
account editor.xin dates the issue of 2024-06-24 with 2024-07-04 and prints 10
the public has no issue of 2024-06-24
report district-month public text of 2024-06 never says 企业座谈会

# Presented, called back, presented again: it took no number. What is read is signed, by another person at each step.
account editor.xin presents 2024-06-24
account chief.ji sends 再来一条。 for 2024-06-24
refused with bulletin.under_review
account editor.xin reviews 2024-06-24
refused with bulletin.same_person
account boss.bing reviews another text of 2024-06-24
refused with bulletin.other_text
account boss.bing reviews 2024-06-24
account boss.bing signs 2024-06-24
refused with bulletin.same_person
account signer.geng sends back 2024-06-24 because 请核对日期
account editor.xin presents 2024-06-24
account editor.xin calls 2024-06-24 back
account editor.xin presents 2024-06-24
account boss.bing reviews 2024-06-24
account signer.geng signs 2024-06-24
the issue of 2024-06-24 is numbered 第1期（总第1期）
the papers of 2024-06-24 are kept
bulletin public text of 2024-06-24 says 企业座谈会
bulletin public text of 2024-06-24 never says 某某乙
report district-month public text of 2024-06 says 企业座谈会

# From here on nothing changes it, neither a command nor what is recorded afterwards, by whatever way it leaves.
account editor.xin enters 再添一条。 as news of 2024-06-24
refused with bulletin.issued_already
account editor.xin dates the issue of 2024-06-24 with 2024-07-05 and prints 10
refused with bulletin.issued_already
account editor.xin presents 2024-06-24
refused with bulletin.issued_already
account editor.xin records that 某某丁 was ill from 2024-06-24 to 2024-06-28
the papers of 2024-06-24 are as they were kept

# The next issue has the next number.
account editor.xin begins the issue of 2024-07-01 to 2024-07-05
account chief.ji sends 开展上门服务。 for 2024-07-01
account editor.xin takes every item of 2024-07-01
account editor.xin dates the issue of 2024-07-01 with 2024-07-11 and prints 10
account editor.xin presents 2024-07-01
account boss.bing reviews 2024-07-01
account signer.geng signs 2024-07-01
the issue of 2024-07-01 is numbered 第2期（总第2期）
restart
the papers of 2024-06-24 are as they were kept
stop
verify says whole
rebuild says same
