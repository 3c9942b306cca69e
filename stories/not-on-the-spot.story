# An 即办件 that cannot be decided on the spot goes to its department with the reason; the promise of the same day stays as it was (行政许可法 §34(2)).

centre with its staff
serve
account talent.mao works as chief_representative of rst
by clerk.yi, window W01 receives "社会保障卡申领" for person "示例申请人第0001号" as A
by clerk.yi, window W01 accepts A
case A is promised for 2024-06-24
by clerk.yi, window W01 hands A to department
refused with casework.reason_required
by clerk.yi, window W01 hands A to department because "照片比对不通过，需要核实身份"
case A is in stage in_review
case A is promised for 2024-06-24
restart
# The promise is broken the day after, and explained to the public.
the clock moves to 2024-06-25T09:00
by talent.mao, the delay of A is explained by "身份核实需要一个工作日"
by talent.mao, A is granted
case A is in stage granted
stop
verify says whole
rebuild says same
