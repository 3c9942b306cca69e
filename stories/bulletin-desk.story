# The bulletin desk: what is signed is what was read, nobody signs twice, numbers have no gap, and what is issued is what everybody gets from then on, with corrections beside it.

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
account editor.xin sends 2024-06-24 to account chief.ji in public
refused with bulletin.not_issued
account editor.xin corrects 企业座谈会 to 个体工商户座谈会 in 2024-06-24
refused with bulletin.not_issued

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

# What was wrong is said in a correction, drafted by one and issued by another; the paper stays as it is.
account editor.xin corrects 企业座谈会 to 企业座谈会 in 2024-06-24
refused with bulletin.same_words
account editor.xin corrects 从未印过的话 to 别的话 in 2024-06-24
refused with bulletin.words_not_printed
account editor.xin corrects 某某乙 to 某某甲 in 2024-06-24
refused with bulletin.words_internal_alone
account editor.xin corrects 企业座谈会 to 个体工商户座谈会 in 2024-06-24
account editor.xin issues correction 1 of 2024-06-24
refused with bulletin.same_person
account boss.bing issues correction 1 of 2024-06-24
correction 1 of 2024-06-24 says 个体工商户座谈会
account boss.bing drops correction 1 of 2024-06-24 because 拟错了
refused with bulletin.correction_closed
account editor.xin corrects 某某乙 to 某某甲 in the internal edition of 2024-06-24
account boss.bing drops correction 2 of 2024-06-24 because 拟错了
account boss.bing issues correction 2 of 2024-06-24
refused with bulletin.correction_closed

# It goes to a list: read and receipted by whoever may read it, handed over in copies that are counted.
account chief.ji sends 2024-06-24 to account clerk.yi in public
refused with identity.not_allowed
account editor.xin sends 2024-06-24 to account nobody.zhi in public
refused with bulletin.unknown_account
account editor.xin sends 2024-06-24 to account chief.ji in full
refused with bulletin.receiver_may_not_read
account chief.ji has received 2024-06-24
refused with bulletin.not_received
account editor.xin sends 2024-06-24 to account chief.ji in public
account chief.ji has 2024-06-24 to receive and received false
account chief.ji has received 2024-06-24
account chief.ji has received 2024-06-24
refused with bulletin.read_already
account chief.ji has 2024-06-24 to receive and received true
account editor.xin sees receiver chief.ji of 2024-06-24 as received with 0 copies handed over
account editor.xin hands over 1 copies of 2024-06-24 to chief.ji
refused with bulletin.not_on_paper
account editor.xin sends 0 copies of 2024-06-24 to 省直各厅
refused with bulletin.bad_receiver
account editor.xin sends 8 copies of 2024-06-24 to 省直各厅
account editor.xin hands over 11 copies of 2024-06-24 to 省直各厅
refused with bulletin.more_than_printed
account editor.xin hands over 8 copies of 2024-06-24 to 省直各厅
account editor.xin sees receiver 省直各厅 of 2024-06-24 as received with 8 copies handed over
account editor.xin takes back 9 copies of 2024-06-24 from 省直各厅 because 多送
refused with bulletin.more_than_handed
account editor.xin takes back 2 copies of 2024-06-24 from 省直各厅 because ""
refused with bulletin.reason_missing
account editor.xin takes back 2 copies of 2024-06-24 from 省直各厅 because 多送
account editor.xin sees receiver 省直各厅 of 2024-06-24 as waiting with 6 copies handed over

# By mail only where there is a server, only what is public, and what came of it is told.
account editor.xin sends 2024-06-24 to 某某单位 by mail to office@example.gov.cn
refused with bulletin.no_mail_server
the centre has a mail server
restart
account editor.xin sends 2024-06-24 to 某某单位 by mail to 某某单位
refused with bulletin.bad_mail
account editor.xin sends 2024-06-24 in full to 某某单位 by mail to office@example.gov.cn
refused with bulletin.internal_mail
account editor.xin sends 2024-06-24 to 某某单位 by mail to office@example.gov.cn
account editor.xin sends 2024-06-24 to 某某学会 by mail to no-one@example.gov.cn
restart
account editor.xin sees the mail to 某某单位 of 2024-06-24 end as sent
letter 1 is for office@example.gov.cn and encloses a PDF
account editor.xin sees the mail to 某某学会 of 2024-06-24 end as failed
account editor.xin mails 2024-06-24 to 某某单位 again
refused with bulletin.mail_not_failed
account editor.xin mails 2024-06-24 to 某某学会 again
the papers of 2024-06-24 are as they were kept
stop
the disk nowhere holds office@example.gov.cn no-one@example.gov.cn
verify says whole
rebuild says same
