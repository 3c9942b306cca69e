# A year's leave is five, ten or fifteen days by years of work, counted as it is asked, and lost in the five cases of 条例 §4 and in no other.

centre with its staff
serve
account clerk.yi has 0 days of annual leave and 0 taken because 没有登记参加工作的时间
account clerk.yi asks annual leave from 2024-07-05 to 2024-07-05
refused with staff.annual_spent
account clerk.yi records that clerk.yi has worked since 2000-01-01
refused with identity.not_allowed
account boss.bing records that boss.bing has worked since 2000-01-01
refused with staff.own_leave
account boss.bing records that nobody.zhi has worked since 2000-01-01
refused with staff.unknown_substitute

# By whole years of work, and more days from the month after one is completed.
account boss.bing records that clerk.yi has worked since 2023-06-20
account clerk.yi has 0 days of annual leave and 0 taken because "不满 1 年"
account boss.bing records that clerk.yi has worked since 2023-05-20
account clerk.yi has 5 days of annual leave and 0 taken because "累计工作满 1 年"
account boss.bing records that clerk.yi has worked since 2014-05-31
account clerk.yi has 10 days of annual leave and 0 taken because "累计工作满 10 年"
account boss.bing records that clerk.yi has worked since 2004-05-20
account clerk.yi has 15 days of annual leave and 0 taken because "累计工作满 20 年"
account boss.bing records that clerk.yi has worked since 2014-07-10
account clerk.yi has 5 days of annual leave and 0 taken because "累计工作满 9 年"

# Days of rest do not count; in July there are five, from August on ten. What is rejected or withdrawn was not taken.
account clerk.yi asks annual leave from 2024-07-05 to 2024-07-08
account clerk.yi sees leave 1 as asked of 2 days
account clerk.yi asks annual leave from 2024-07-15 to 2024-07-18
refused with staff.annual_spent
account clerk.yi asks annual leave from 2024-08-05 to 2024-08-08
account clerk.yi has 5 days of annual leave and 6 taken because "累计工作满 9 年"
account chief.ji rejects leave 1 at window because 窗口人手不足
account clerk.yi has 5 days of annual leave and 4 taken because "累计工作满 9 年"
account clerk.yi withdraws leave 2
account clerk.yi asks annual leave from 2024-07-05 to 2024-07-08
account chief.ji approves leave 3 at window
account clerk.yi has 5 days of annual leave and 2 taken because "累计工作满 9 年"

# §4(1): longer school holidays.
account boss.bing records that handler.wu has worked since 2010-01-01 with school holidays
account handler.wu has 0 days of annual leave and 0 taken because 第四条第一项
account handler.wu asks annual leave from 2024-07-15 to 2024-07-15
refused with staff.annual_spent
# §4(2): twenty days of personal leave, as long as the pay was kept.
account boss.bing enters personal leave of account clerk.yi from 2024-05-06 to 2024-05-29
account clerk.yi has 5 days of annual leave and 2 taken because "累计工作满 9 年"
account boss.bing enters personal leave of account clerk.yi from 2024-05-30 to 2024-05-30
account clerk.yi has 0 days of annual leave and 2 taken because 第四条第二项
account clerk.yi asks annual leave from 2024-07-15 to 2024-07-15
refused with staff.annual_spent
account boss.bing takes the entry of 某甲 from 2024-05-30 back
account clerk.yi has 5 days of annual leave and 2 taken because "累计工作满 9 年"
account boss.bing enters personal leave of account clerk.yi from 2024-05-30 to 2024-05-30
account boss.bing records that clerk.yi has worked since 2014-07-10 and loses pay on personal leave
account clerk.yi has 5 days of annual leave and 2 taken because "累计工作满 9 年"
# §4(3)-(5): two, three, four months of sick leave, by the years of work.
account boss.bing records that chief.ji has worked since 2016-01-01
account boss.bing enters sick leave of account chief.ji from 2024-01-02 to 2024-02-29
account chief.ji has 5 days of annual leave and 0 taken because "累计工作满 8 年"
account boss.bing enters sick leave of account chief.ji from 2024-03-01 to 2024-03-01
account chief.ji has 0 days of annual leave and 0 taken because 第四条第三项
account boss.bing records that leader.geng has worked since 2010-01-01
account boss.bing enters sick leave of account leader.geng from 2024-01-02 to 2024-03-30
account leader.geng has 10 days of annual leave and 0 taken because "累计工作满 14 年"
account boss.bing enters sick leave of account leader.geng from 2024-03-31 to 2024-03-31
account leader.geng has 0 days of annual leave and 0 taken because 第四条第四项
account boss.bing records that planner.chou has worked since 2000-01-01
account boss.bing enters sick leave of account planner.chou from 2024-01-02 to 2024-04-29
account planner.chou has 15 days of annual leave and 0 taken because "累计工作满 24 年"
account boss.bing enters sick leave of account planner.chou from 2024-04-30 to 2024-04-30
account planner.chou has 0 days of annual leave and 0 taken because 第四条第五项
account planner.chou asks annual leave from 2024-07-15 to 2024-07-15
refused with staff.annual_spent

# Who had taken this year's leave before it was lost loses the next year's; who had not does not.
account boss.bing records that clerk.yi has worked since 2014-07-10
the clock moves to 2025-01-02T09:00
account clerk.yi has 0 days of annual leave and 0 taken because 上年已休年休假后
account planner.chou has 15 days of annual leave and 0 taken because "累计工作满 24 年"
stop
verify says whole
rebuild says same
