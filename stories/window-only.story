# 线上为原则: whatever the catalogue does not keep at the window, with its reason, is applied for online (优化营商环境条例 §37).

centre with its staff
the catalogue keeps "特种设备使用登记" offline because 申请材料涉及国家秘密
serve
by citizen.gui, "特种设备使用登记" is applied for online by "示例企业第0001号" as X
refused with casework.offline_only
by clerk.yi, window W01 receives "特种设备使用登记" for "示例企业第0001号" as A
restart
case A is in stage received
# A matter for organisations is not for a person.
by clerk.yi, window W01 receives "特种设备检验检测机构核准" for person "示例申请人第0001号" as X
refused with casework.wrong_audience
by citizen.gui, "特种设备检验检测机构核准" is applied for online by "示例检测公司第0001号" as B
case B is in stage submitted
