# A rating on paper is entered once by who opens the box; whoever has a number rates themself, and no rate counts what the staff has typed.

centre with its staff
serve
account clerk.yi enters paper 意见箱-12 at W01 with 1
refused with identity.not_allowed
account boss.bing enters paper 意见箱-12 at W01 with 1
the same again changes nothing
account boss.bing enters paper 意见箱-12 at W01 with 5
refused with casework.paper_entered_already
account boss.bing enters paper 意见箱-13 at W01 with 6
refused with casework.bad_level
account boss.bing enters paper 意见箱-13 at W99 with 2
refused with casework.unknown_window
account boss.bing enters paper A013 at W01 with 2
refused with casework.paper_is_ticket
account boss.bing enters paper 20240624000013 at W01 with 2
refused with casework.paper_is_ticket
account boss.bing enters paper 意见箱-13 at W01 with 5
0 of 0 ratings of 2024-06-24 are bad
account boss.bing sees a paper_evaluation that is opened
restart
account boss.bing enters paper 意见箱-12 at W01 with 2
refused with casework.paper_entered_already
account boss.bing enters paper 意见箱-12 at W03 with 2
stop
verify says whole
rebuild says same
