# Whoever holds the acceptance notice sees how the case stands and how its limits are counted, and takes home a proof that needs nobody's word.

centre replays quiet-2024-06-17.yaml
serve
window W01 receives "企业变更登记" for "示例企业第0001号" as A
there is no receipt of A
window W01 accepts A
receipt of A proves itself and says "企业变更登记" "已受理" "期限怎样计算" "签名头摘要" "下载回执文件"
window W01 hands A to department
restart
receipt of A proves itself and says "审查中" "逐日看" "第1日"
strangers find nowhere "示例企业第0001号"
