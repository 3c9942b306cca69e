# A matter that is settled on the spot (即办件) is received, decided and handed out at one window, in one visit.

centre replays quiet-2024-06-17.yaml
serve
window W01 receives "社会保障卡申领" for person "示例申请人第0001号" as A
window W01 accepts A
case A is promised for 2024-06-24
A is granted
case A is held by reception_window
window W01 issues A
case A is in stage issued
queue accepted is empty
queue granted is empty
