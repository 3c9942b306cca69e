# A centre begins empty, with the machine's clock; strangers read no case of it.

centre empty
serve
pages do not say demonstration
queue received is empty
window W01 receives "企业变更登记" for "示例企业第0001号" as A
queue received shows A
anonymous may not read case A
anonymous may not read queue received
restart
pages do not say demonstration
case A is in stage received
stop
verify says whole
rebuild says same
