# A number is called once, by whom the window belongs to, in the order of the lanes; the row of people outlives a power cut.

centre with its staff
serve
a kiosk is opened
account clerk.yi calls the next at W01
refused with hall.window_is_closed
account clerk.yi opens window W01
account clerk.yi calls the next at W01
refused with hall.nobody_waits
the kiosk gives a number of ZH
the same again changes nothing
the kiosk gives a number of ZH
the kiosk gives a number of QQ
refused with hall.unknown_line
account guide.jia takes a priority number of ZH
account guide.jia takes a number of ZH

# Priority first, then in order.
account clerk.yi calls the next at W01
window W01 serves A003
account issuer.ren calls the next at W01
refused with hall.not_your_window
account issuer.ren opens window W01
refused with hall.window_is_open

# The power fails in the middle of the morning.
crash
serve
window W01 serves A003
account clerk.yi holds at W01
account clerk.yi calls the next at W01
window W01 serves A001
account clerk.yi skips at W01
refused with hall.called_too_seldom
account clerk.yi recalls at W01
account clerk.yi skips at W01
account clerk.yi resumes A003 at W01
account clerk.yi finishes at W01
account guide.jia lets A001 rejoin
account clerk.yi calls the next at W01
window W01 serves A002

# Whoever is away is relieved by an act of its own.
account issuer.ren takes over window W01 because ""
refused with hall.reason_missing
account issuer.ren takes over window W01 because 临时离岗
account clerk.yi finishes at W01
refused with hall.not_your_window

# One visit, several matters: the number goes on and goes first.
the kiosk gives a number of QY
account issuer.ren passes on at W01 to QY
account clerk.yi opens window W09
account clerk.yi calls the next at W09
window W09 serves A002
account clerk.yi finishes at W09
account clerk.yi calls the next at W09
window W09 serves B001
account guide.jia notes that B001 has left
refused with hall.over_already
account clerk.yi finishes at W09
account clerk.yi closes window W09
account issuer.ren calls the next at W01
account issuer.ren finishes at W01
account issuer.ren calls the next at W01
window W01 serves A001
stop
verify says whole
rebuild says same
