# 放假通知公布以前: days in a year whose holidays are not published yet are counted all the same, and every one of them says that it is provisional.

centre with its staff
the holiday notice of 2025 is not out yet
serve
the clock moves to 2025-01-06T09:00
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0001号" as A
case A has provisional days
by clerk.yi, window W01 accepts A
# Weekends and the four statutory days of the Spring Festival alone: 20 working days from 6 January.
case A is due by law on 2025-02-07
case A has provisional days
by clerk.yi, window W01 hands A to department
restart
case A is due by law on 2025-02-07

# 国办发明电〔2024〕12号: 3 and 4 February are off, Sunday 26 January and Saturday 8 February are worked.
the holiday notice of 2025 comes out
# The open case is counted anew before anything else of the day, and nobody had to ask for it.
case A is due by law on 2025-02-08
case A has no provisional days
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0002号" as B
by clerk.yi, window W01 accepts B
case B is due by law on 2025-02-08
case B has no provisional days
restart
case A is due by law on 2025-02-08
case B is due by law on 2025-02-08
by chief.ji, A is granted
# Ten working days to deliver, from 6 January: before the holidays, whatever the notice says.
case A is to be delivered by 2025-01-20
