# A slot is booked once a day, kept in the hall alone, cancelled in time; what was missed pauses booking only when the hall was open.

centre with its staff
serve
a kiosk is opened
account citizen.gui books ZH on 2024-06-24 at 10:30
account citizen.gui books ZH on 2024-06-24 at 11:00
refused with hall.booked_already
account citizen.gui books ZH on 2024-06-29 at 10:00
refused with hall.no_working_day
account citizen.gui books ZH on 2024-07-15 at 10:00
refused with hall.too_far_ahead
account citizen.gui books JT on 2024-06-25 at 10:00
refused with hall.no_slots
account citizen.gui checks in appointment 1
refused with identity.not_allowed
the kiosk checks in with 1-0000-0
refused with hall.unknown_appointment
the kiosk checks in the first appointment of citizen.gui
refused with hall.too_early
account citizen.gui cancels appointment 1
account citizen.gui cancels appointment 1
refused with hall.appointment_over

# At nine one may check in for half past nine, and goes first when it is time.
account citizen.gui books ZH on 2024-06-24 at 09:30
account citizen.gui cancels appointment 2
refused with hall.too_late_to_cancel
the kiosk checks in the first appointment of citizen.gui
account citizen.gui sees appointment 2 as kept
account guide.jia checks in appointment 2
refused with hall.appointment_over
account citizen.gui books ZH on 2024-06-25 at 10:00
account citizen.gui books ZH on 2024-06-26 at 10:00
account citizen.gui books ZH on 2024-06-27 at 10:00
account citizen.gui books ZH on 2024-06-28 at 10:00

# A storm is told beforehand; on the day after it the hall is open and nobody comes.
account guide.jia closes the hall on 2024-06-25 because 暴雨红色预警
refused with identity.not_allowed
account boss.bing closes the hall on 2024-06-25 because 暴雨红色预警
account boss.bing closes the hall on 2024-06-25 because 暴雨红色预警
refused with hall.closed_already
account boss.bing closes the hall on 2024-07-01 because 系统升级
account boss.bing opens the hall again on 2024-07-01
account citizen.gui books QY on 2024-06-25 at 10:00
refused with hall.hall_closed
the clock moves to 2024-06-25T10:00
account guide.jia takes a number of ZH
refused with hall.hall_closed
account guide.jia checks in appointment 3
refused with hall.hall_closed
the clock moves to 2024-06-26T08:50
account guide.jia takes a number of ZH
account citizen.gui sees appointment 3 as released
account clerk.yi opens window W01
the clock moves to 2024-06-27T08:50
account guide.jia takes a number of ZH
account citizen.gui sees appointment 4 as missed

# No window was opened on the 27th: a closed hall too. On Saturday no numbers are drawn.
the clock moves to 2024-06-28T08:50
account guide.jia takes a number of ZH
account citizen.gui sees appointment 5 as released
the clock moves to 2024-06-29T09:30
account guide.jia takes a number of ZH
refused with hall.rest_day
stop
verify says whole
rebuild says same
