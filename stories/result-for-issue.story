# A result of a department's own system (代颁件) is received for issue and handed out; only the delivery clock runs.

centre with its staff
serve
by clerk.yi, window W15 receives a result for "企业变更登记" numbered "川示例2024-001" decided 2024-06-20 as X
refused with identity.not_allowed
by issuer.ren, window W15 receives a result for "企业变更登记" numbered "川示例2024-001" decided 2024-06-20 as A
case A is in stage granted
case A is held by issue_window
# 10 working days from Thursday, 20 June (行政许可法 §44).
case A is to be delivered by 2024-07-04
queue granted shows A

# The department's number is taken; a decision of tomorrow does not exist; a reception window has no results.
by issuer.ren, window W16 receives a result for "企业变更登记" numbered "川示例2024-001" decided 2024-06-20 as X
refused with casework.foreign_number_taken
by issuer.ren, window W15 receives a result for "企业变更登记" numbered "川示例2024-002" decided 2024-06-25 as X
refused with casework.decided_in_future
by issuer.ren, window W01 receives a result for "企业变更登记" numbered "川示例2024-003" decided 2024-06-20 as X
refused with casework.not_an_issue_window

crash
serve
case A is in stage granted
by issuer.ren, window W15 issues A
case A is in stage issued
case A has no clock running
verify says whole
