# Who has come is on the board; a missing sign is put right by another person, one that is entered names who did it, and nobody leaves a post before the B post has taken it.

centre with its staff
serve
account boss.bing sees clerk.yi on the board as not_yet
account clerk.yi signs
account boss.bing sees clerk.yi on the board as here
account boss.bing enters that handler.wu has come
account boss.bing sees handler.wu on the board as here
account boss.bing enters that boss.bing has come
refused with staff.own_sign

account clerk.yi leaves the post until 09:40
refused with staff.no_b_post
account clerk.yi and handler.wu stand in for each other
account clerk.yi leaves the post until 09:40
account boss.bing sees clerk.yi on the board as here
account chief.ji takes the post of clerk.yi
refused with staff.not_b_post
account handler.wu takes the post of clerk.yi
account boss.bing sees clerk.yi on the board as away
account clerk.yi is at the post again
account boss.bing sees clerk.yi on the board as here

the clock moves to 2024-06-25T09:00
account boss.bing sees slot afternoon_out of 2024-06-24 of clerk.yi as missing
account clerk.yi asks to correct slot afternoon_out of 2024-06-24 because 外出办事未及时打卡
account chief.ji grants the correction of slot afternoon_out of 2024-06-24 to clerk.yi
account boss.bing sees slot afternoon_out of 2024-06-24 of clerk.yi as corrected
restart
account boss.bing sees slot afternoon_out of 2024-06-24 of clerk.yi as corrected
stop
the ledger says nowhere 送材料 外出办事 监控可见
verify says whole
rebuild says same
