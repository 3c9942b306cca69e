# 告知承诺: a commitment stands for a proof; it is checked afterwards, and a false one has its consequence (国办发〔2020〕42号).

centre with its staff
serve
account talent.mao works as chief_representative of rst
by clerk.yi, window W01 receives "人力资源服务许可" for "示例人力公司第0001号" without 场所使用证明 as True
by clerk.yi, window W01 receives "人力资源服务许可" for "示例人力公司第0002号" without 场所使用证明 as False
by clerk.yi, window W01 receives "特种设备检验检测机构核准" for "示例检测公司第0001号" without 质量管理体系文件 as Excluded
by clerk.yi, window W01 accepts True
refused with casework.papers_missing
by clerk.yi, window W01 accepts True with a commitment for 场所使用证明
by clerk.yi, window W01 accepts False with a commitment for 场所使用证明
by clerk.yi, window W01 accepts Excluded with a commitment for 质量管理体系文件
refused with casework.no_commitment
by clerk.yi, window W01 hands True to department
by clerk.yi, window W01 hands False to department
restart
by handler.wu, the commitment of True holds, "现场核实属实"
refused with casework.not_your_department
by clerk.yi, the commitment of True holds, "现场核实属实"
refused with identity.not_allowed
by talent.mao, the commitment of True holds, "现场核实属实"
by talent.mao, True is granted
by talent.mao, the commitment of False is broken, "登记的场所不存在"
restart
# A red card with its order (JC-0208), at once; and no grant on a promise that did not hold.
by talent.mao, the supervision of False is answered with "已责令整改"
by talent.mao, False is granted
refused with casework.commitment_false
by talent.mao, False is terminated as false_commitment because "承诺不实：登记的场所不存在"
case False is in stage terminated
case False ended as voided
case True is in stage granted
# What no commitment replaced cannot be checked as one.
by clerk.yi, window W01 receives "人力资源服务许可" for "示例人力公司第0003号" as Whole
by clerk.yi, window W01 accepts Whole
by talent.mao, the commitment of Whole holds, "无"
refused with casework.no_commitment
