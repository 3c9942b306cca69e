# A house rule is confirmed by every department that has to read it, and a new version has been read by nobody.

centre with its staff
serve
account chief.ji enacts rule 05 version 1 to be read by 省市场监管局
refused with identity.not_allowed
account boss.bing enacts rule 05 version 2 to be read by 省市场监管局
refused with reform.version_not_next
account boss.bing enacts rule 05 version 1 to be read by 省市场监管局
account chief.ji has rule 05 to confirm true
account planner.chou has rule 05 to confirm false
account chief.ji confirms to have read rule 05 version 2
refused with reform.other_version
account chief.ji confirms to have read rule 06 version 1
refused with reform.unknown_house_rule
account planner.chou confirms to have read rule 05 version 1
refused with reform.not_a_reader
account planner.chou confirms for 省市场监管局 to have read rule 05 version 1
refused with reform.other_department
account boss.bing confirms to have read rule 05 version 1
refused with reform.department_missing
account chief.ji confirms to have read rule 05 version 1
account chief.ji confirms to have read rule 05 version 1
refused with reform.read_already
account chief.ji has rule 05 to confirm false
account boss.bing enacts rule 05 version 1 to be read by 省市场监管局
refused with reform.version_not_next
account boss.bing enacts rule 05 version 2 to be read by 省市场监管局
account chief.ji has rule 05 to confirm true
restart
account chief.ji has rule 05 to confirm true
stop
verify says whole
rebuild says same
