# Whoever wishes is sent a link to rate their visit: one a visit, three times when it cannot be sent, good for seven days, and the number lies nowhere in clear.

centre with its staff
serve
account clerk.yi opens window W01
account guide.jia takes a number of ZH
account guide.jia takes a number of ZH
account guide.jia takes a number of ZH
account clerk.yi calls the next at W01
account clerk.yi asks for a link to rate A001 sent to 13900000002
refused with hall.not_served
account clerk.yi finishes at W01
account clerk.yi asks for a link to rate A001 sent to 1390000
refused with hall.bad_phone
account runner.ding asks for a link to rate A001 sent to 13900000002
refused with identity.not_allowed
account clerk.yi asks for a link to rate A001 sent to 13900000002
account clerk.yi asks for a link to rate A001 sent to 13900000003
refused with hall.link_asked_already

# A sender without its key gets nothing; what could not be sent is offered three times, then no more.
the sender fetches what waits
refused with hall.screen_not_open
a sender is opened
window W01 serves nobody
the sender fetches what waits
the sender has 1 messages
the sender reports that it was not sent because 停机
the sender reports that it was not sent because 停机
refused with hall.message_not_handed_over
the sender fetches what waits
the sender reports that it was not sent because 停机
the sender fetches what waits
the sender reports that it was not sent because 停机
the sender fetches what waits
the sender has 0 messages

# The link rates once.
account clerk.yi calls the next at W01
account clerk.yi finishes at W01
account clerk.yi asks for a link to rate A002 sent to 13900000002
window W01 serves nobody
the sender fetches what waits
the sender has 1 messages
the sender reports that it was sent
the link of the message may rate true
the visitor rates by the link with 6
refused with hall.bad_level
the visitor rates by the link with 2
the same again changes nothing
the visitor rates by the link with 5
refused with hall.rated_already
the link of the message may rate false
account boss.bing counts 1 ratings by sms on 2024-06-24
account clerk.yi asks for a link to rate A002 sent to 13900000004
refused with hall.rated_already

# One number is not sent the links of many visits.
account clerk.yi calls the next at W01
account clerk.yi finishes at W01
account clerk.yi asks for a link to rate A003 sent to 13900000002
refused with hall.too_many_links
account clerk.yi asks for a link to rate A003 sent to 13900000005
window W01 serves nobody
the sender fetches what waits
the sender reports that it was sent

# After seven days it does so no more.
the clock moves to 2024-07-01T09:00
the link of the message may rate true
the clock moves to 2024-07-02T09:00
the link of the message may rate false
the visitor rates by the link with 5
refused with hall.rating_over
the key of the sender is taken back
the sender fetches what waits
refused with hall.screen_not_open
stop
the disk nowhere holds 13900000002 13900000003 13900000004 13900000005
verify says whole
rebuild says same
