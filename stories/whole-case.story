# A case that was begun is finished, whatever happens to the machine in between: nothing is lost, nothing happens twice.
# 2024-06-24 is the day after the quiet week, so every due day below can be counted on a calendar of that summer.

centre replays quiet-2024-06-17.yaml
serve
clock is on the day of 2024-06-24T09:00 and not before it

window W01 receives "特种设备使用登记" for "示例企业第0001号" as A
case A is in stage received
case A is held by reception_window
case A allows accept, refuse_acceptance, withdraw
queue received shows A

window W01 accepts A
# 20 working days by law (行政许可法 §42), 5 promised; both are counted from the day after.
case A is due by law on 2024-07-22
case A is promised for 2024-07-01
queue received is empty
queue accepted shows A

restart
case A is in stage accepted
case A is due by law on 2024-07-22

window W01 hands A to department
the same again changes nothing
case A is held by department
queue in_review shows A

crash
verify says whole
serve
case A is in stage in_review
case A is held by department

A is granted
# Permits are delivered within 10 working days of the decision (行政许可法 §44).
case A is to be delivered by 2024-07-08
A is handed to issue window W15
crash
rebuild says same
serve
case A is in stage granted
case A is held by issue_window
window W15 issues A

case A is in stage issued
case A allows nothing
case A has no clock running
queue granted is empty
queue issued shows A
stop
verify says whole
rebuild says same
