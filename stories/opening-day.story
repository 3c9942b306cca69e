# 接续: on the day the centre opens, cases that were begun elsewhere are taken over with their days; the day after, no more.

centre with its staff
serve
by clerk.yi, window W01 carries over "特种设备使用登记" numbered "旧字第1号" accepted 2024-06-17 as X
refused with identity.not_allowed
by boss.bing, window W01 carries over "特种设备使用登记" numbered "旧字第1号" accepted 2024-06-24 as X
refused with casework.not_open_before
by boss.bing, window W01 carries over "特种设备使用登记" numbered "旧字第1号" accepted 2024-06-17 as A
# 20 working days from 17 June.
case A is due by law on 2024-07-15
by boss.bing, window W01 carries over "特种设备使用登记" numbered "旧字第1号" accepted 2024-06-17 as X
refused with casework.foreign_number_taken
by boss.bing, window W15 carries over "特种设备使用登记" numbered "旧字第2号" accepted 2024-06-12 decided 2024-06-20 as B
case B is in stage granted
case B is to be delivered by 2024-07-04
restart
by clerk.yi, window W01 hands A to department
by chief.ji, A is granted
by issuer.ren, window W15 issues B by window
the clock moves to 2024-06-25T09:00
by boss.bing, window W01 carries over "特种设备使用登记" numbered "旧字第3号" accepted 2024-06-17 as X
refused with casework.not_opening_day
restart
case A is in stage granted
case B is in stage issued
