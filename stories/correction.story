# A correction corrects what stands in the paper that it names, is drafted by one and issued by another, and tells the public of no sick leave.

centre with its staff
serve
account editor.xin works as supervisor of 省政府政务服务和资源交易中心
account signer.geng works as supervisor of 省政府政务服务和资源交易中心
account editor.xin begins the issue of 2024-06-24 to 2024-06-28
account chief.ji sends 召开企业座谈会。 for 2024-06-24
account editor.xin takes every item of 2024-06-24
account editor.xin records that 某某乙 was ill from 2024-06-24 to 2024-06-28
account editor.xin dates the issue of 2024-06-24 with 2024-07-04 and prints 10
account editor.xin corrects 座谈会 to 视频座谈会 in 2024-06-24
refused with bulletin.not_issued
account editor.xin presents 2024-06-24
account boss.bing reviews 2024-06-24
account signer.geng signs 2024-06-24
the papers of 2024-06-24 are kept

account editor.xin corrects 没有印过的话 to 甲 in 2024-06-24
refused with bulletin.words_not_printed
# The sick leave is printed in the internal edition alone: a public notice would tell of it.
account editor.xin corrects 某某乙 to 某某丁 in 2024-06-24
refused with bulletin.words_internal_alone
account editor.xin corrects 座谈会 to "座谈会，联系电话13800138000" in 2024-06-24
refused with bulletin.not_acknowledged

account editor.xin corrects 座谈会 to 视频座谈会 in 2024-06-24
account editor.xin issues correction 1 of 2024-06-24
refused with bulletin.same_person
account boss.bing issues correction 1 of 2024-06-24
correction 1 of 2024-06-24 says “座谈会”应为“视频座谈会”。
account editor.xin corrects 某某乙 to 某某丁 in the internal edition of 2024-06-24
account boss.bing issues correction 2 of 2024-06-24
strangers find nowhere 某某乙 某某丁
the papers of 2024-06-24 are as they were kept
stop
verify says whole
rebuild says same
