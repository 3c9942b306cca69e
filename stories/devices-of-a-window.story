# A caller, a pad and a card reader act for whoever has opened their window, each for itself, and a key that was taken back opens nothing.

centre with its staff
serve
a kiosk is opened
a caller is opened nowhere
refused with hall.screen_place
a caller is opened at W99
refused with hall.unknown_window
a caller is opened at W01
a caller is opened at W02
refused with hall.screen_known
the caller presses next
refused with hall.window_is_closed
account clerk.yi opens window W01
the caller presses next
refused with hall.nobody_waits
the kiosk gives a number of ZH
the kiosk gives a number of ZH
the caller presses next
window W01 serves A001
the caller presses skip
refused with hall.called_too_seldom
the caller presses recall
the caller presses skip
window W01 serves nobody
the caller presses next
window W01 serves A002
the caller presses close
refused with hall.window_is_serving
the caller presses hold
the caller presses finish
refused with hall.nobody_served
account clerk.yi resumes A002 at W01
the caller presses finish
the same again changes nothing
window W01 serves nobody

# No other device's questions are answered to it, and none at all once its key was taken back.
the caller asks as a pad
refused with hall.screen_not_open
a pad is opened at W01
the pad rates A001 with 1
refused with hall.not_served
the pad rates A002 with 1
the key of the caller is taken back
the caller presses next
refused with hall.screen_not_open
the key of the caller is taken back
refused with hall.screen_closed
a caller is opened at W01
refused with hall.screen_known
the key of the pad is taken back
the pad rates A002 with 1
refused with hall.screen_not_open

# A card is read for the window where it lies, and for nobody else.
a card reader is opened at W01
the card reader reads 示例某 with 110105194912310021
refused with hall.bad_card
account clerk.yi finds no card at W01
the card reader reads 示例某 with 11010519491231002X
account clerk.yi reads 示例某 on the card at W01
account issuer.ren asks for the card at W01
refused with hall.not_your_window
account chief.ji asks for the card at W01
refused with identity.not_allowed
account clerk.yi closes window W01
account clerk.yi asks for the card at W01
refused with hall.window_is_closed
the key of the card_reader is taken back
the card reader reads 示例某 with 11010519491231002X
refused with hall.screen_not_open

# At the kiosk a card signs for the one member of the staff of its name, and is forgotten.
a card reader is opened at the kiosk
the kiosk signs for the card
refused with hall.no_card
the card reader of the kiosk reads 某甲 with 11010519491231002X
the kiosk signs for the card
refused with app.not_one_of_the_staff
an account reader.xiao is opened for 钱小一 of 省市场监管局
an account reader.xiao gets role clerk
the card reader of the kiosk reads 钱小一 with 11010519491231002X
the kiosk signs for the card
the same again changes nothing
account boss.bing sees reader.xiao on the board as here
the kiosk signs for the card
refused with staff.signed_already
the kiosk forgets the card
the kiosk signs for the card
refused with hall.no_card
stop
the disk nowhere holds 11010519491231002X 110105194912310021
verify says whole
rebuild says same
