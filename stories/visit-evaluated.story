# A visit is evaluated once, from 1 (very satisfied) to 5 (一次一评); a case's own evaluation stands beside it.

centre with its staff
serve
account clerk.yi takes evaluation 1 of visit A012 at W01
the same again changes nothing
account clerk.yi takes evaluation 5 of visit A012 at W01
refused with casework.visit_evaluated_already
account clerk.yi takes evaluation 6 of visit A013 at W01
refused with casework.bad_level
account clerk.yi takes evaluation 2 of visit A013 at W99
refused with casework.unknown_window
restart
account clerk.yi takes evaluation 2 of visit A012 at W01
refused with casework.visit_evaluated_already
account clerk.yi takes evaluation 2 of visit A012 at W03
stop
verify says whole
rebuild says same
