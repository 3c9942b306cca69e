# Whoever is asked first owns the question until it is answered, led, or taken over by a colleague who confirms (首问负责制).

centre with its staff
serve

account guide.jia is asked "许可证遗失了怎么补" by "某群众甲"
account guide.jia is asked "周六上班吗" by "某群众乙"
account guide.jia has questions 1, 2
account clerk.yi has no questions

# Nobody else may answer it away, the supervisor neither.
account clerk.yi answers question 1 with "不知道"
refused with casework.not_your_question
account boss.bing leads question 1 to "别的窗口"
refused with casework.not_your_question

# Handed over, it stays with its owner until the receiver confirms; both see it.
account guide.jia hands question 1 to nobody because "专业问题"
refused with casework.unknown_colleague
account guide.jia hands question 1 to guide.jia because "专业问题"
refused with casework.hand_over_to_oneself
account guide.jia hands question 1 to clerk.yi because "属市场监管事项"
account boss.bing takes over question 1
refused with casework.not_handed_to_you
account guide.jia has questions 1, 2
account clerk.yi has questions 1
restart
account clerk.yi takes over question 1
the same again changes nothing
account guide.jia has questions 2
account boss.bing sees that clerk.yi has questions 1
account clerk.yi answers question 1 with "持身份证到综合窗口申请补发"
account clerk.yi answers question 1 with "再答一次"
refused with casework.question_closed
account guide.jia leads question 2 to "咨询台"
account guide.jia has no questions
account clerk.yi has no questions

# What a visitor left of themselves is found by no stranger.
strangers find nowhere "某群众甲" "许可证遗失了怎么补"
stop
verify says whole
rebuild says same
