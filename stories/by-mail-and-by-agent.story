# 信函与代办: papers that come by mail and papers that somebody brings for another are cases like every other; each way of delivery is open.

centre with its staff
serve
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0001号" by mail as Mail
by clerk.yi, window W02 receives "特种设备使用登记" for "示例企业第0002号" through agent "示例代办员" as Agent
by clerk.yi, window W02 receives "特种设备使用登记" for "示例企业第0003号" through agent " " as X
refused with casework.text_required
by clerk.yi, window W03 receives "特种设备使用登记" for "示例企业第0004号" as Locker
by clerk.yi, window W03 receives "特种设备使用登记" for "示例企业第0005号" as Counter
by clerk.yi, window W01 accepts Mail
by clerk.yi, window W02 accepts Agent
by clerk.yi, window W03 accepts Locker
by clerk.yi, window W03 accepts Counter
case Mail is due by law on 2024-07-22
by runner.ding, window W01 hands Mail to department
by runner.ding, window W02 hands Agent to department
by clerk.yi, window W03 hands Locker to department
by clerk.yi, window W03 hands Counter to department
restart
by runner.ding, Mail is granted
refused with identity.not_allowed
by planner.chou, Mail is granted
refused with casework.not_your_department
by chief.ji, Mail is granted
by chief.ji, Agent is granted
by leader.geng, Locker is granted
by chief.ji, Counter is granted
by handler.wu, Mail gets its certificate
by chief.ji, Agent gets its certificate
by issuer.ren, Locker gets its certificate
by clerk.yi, Counter gets its certificate
refused with identity.not_allowed
# Papers lie with the department until they are signed for.
by issuer.ren, window W15 issues Mail by post
refused with casework.illegal_act
by runner.ding, Mail is handed to issue window W15
by handler.wu, Agent is handed to issue window W16
by runner.ding, Locker is handed to issue window W15
by runner.ding, Counter is handed to issue window W15
restart
case Mail is to be delivered by 2024-07-08
by handler.wu, window W15 issues Mail by post
refused with identity.not_allowed
by issuer.ren, window W15 issues Mail by post
by issuer.ren, window W16 issues Agent by electronic
by issuer.ren, window W15 issues Locker by locker
by issuer.ren, window W15 issues Counter by window
case Mail is in stage issued
case Mail ended as certificate
case Agent is in stage issued
case Locker is in stage issued
case Counter has no clock running
strangers find nowhere "示例代办员"
stop
verify says whole
rebuild says same
