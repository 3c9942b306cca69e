// 变更：提出、批准、各版，以及事项办理过程、一件事、窗口的表单。
export default {
  changes: {
    how: '事项、一件事、窗口、设置和监察规则的变更，由一个人提出，另一个人批准以后才成为新的一版。', none: '没有待批准的变更。', count: '有 {count} 项变更待批准，其中 {mine} 项等您办理。', item: '变更什么', proposed_by: '谁提出', whose: '由谁办理', to_decide: '待您批准', mine: '您提出的', others: '待他人批准',
    kind: { matter: '事项', bundle: '一件事', windows: '窗口', settings: '设置', warnings: '监察规则' }, status: { open: '待批准', approved: '已批准', refused: '已退回', withdrawn: '已撤回' },
    waits: '待批准的变更', by: '{account} 于 {day} {time} 提出', would_begin: '拟自 {day} 起启用', approved_by: '{account} 于 {day} {time} 批准', refused_by: '{account} 于 {day} {time} 退回', withdrawn_by: '{account} 于 {day} {time} 撤回', alone: '一人变更', decision_reason: '退回、撤回的理由：{reason}', what_it_would: '当时要改的内容',
    own: '这是您提出的，须由另一位有批准权限的人办理；不再需要的，可以撤回。', only_look: '您的岗位可以查看，不能批准。', approve: '批准', refuse: '退回', withdraw: '撤回', why_refused: '退回的理由', why_withdrawn: '撤回的理由', late: '提出的启用日 {day} 已过，请另定今天或以后的日期；不填的，今天起启用。',
    propose: '提出变更', proposed: '变更已提出，待另一人批准；批准以前，一切照旧。', recorded: '变更已登记为新的一版。', done: { approved: '已批准，成为新的一版。', refused: '已退回，一切照旧。', withdrawn: '已撤回，一切照旧。' },
    editor_how: '核对用的是读取目录文件的同一套规则。提出以后，由另一人批准。', holds: '核对通过，可以提出；须由另一人批准。', holds_alone: '核对通过；只涉及一人可以变更的字段，登记即成为新的一版。', from_tomorrow: '关系到期限的计算，最早自 {day} 起启用。', to_field: '到这一处',
    field: { windows: '窗口', closed: '停用', operators: '操作账号', departments: '部门', aliases: '别名', members: '成员事项', order_note: '先后的说明', results: '结果', scope: '适用范围', notes: '备注', requirement: '是否必办', after: '须先办的', handling: '怎样办', value: '值', from: '从', to: '到', wrong: '哪里不对', right: '应当怎样', material: '材料', suspension: '可启动特别程序', review_body: '复议机关', court: '法院', text: '救济途径', type: '类型', correction: '补正', pauses_after_acceptance: '受理后停止计时', approver: '批准人', commitment_excluded_reason: '不适用告知承诺的原因', main: '主要材料' },
    compare: '两版对照', of_version: '第 {version} 版改了什么', from: '从', to: '到', restore: '以第 {version} 版恢复为新的一版', ended: '没有成为版本的变更', number: '第 {number} 份变更', up_of: '上移：{what}', down_of: '下移：{what}', remove_of: '删去：{what}',
  },
  course: {
    steps_how: '依次进行；各环节的日数合计不超过承诺时限。用上移、下移调整先后。', step: '第 {number} 个环节', code_hint: '小写字母', own_department: '本事项的部门', may_suspend: '在这个环节可以启动特别程序', add_step: '再加一个环节',
    procedure: '特别程序', usual_days: '通常需要的工作日数', add_procedure: '再加一种特别程序', procedures: { hearing: '听证', bidding: '招标', auction: '拍卖', inspection: '检验', test: '检测', quarantine: '检疫', appraisal: '鉴定', expert_review: '专家评审' },
    extension: '能否延长', extensions: { law: '按行政许可法第四十二条（其他类型：不能延长）', none: '不能延长', own: '按本事项的依据' }, extension_days: '延长的日数', approver: '由谁批准', approvers: { authority_head: '本机关负责人', government_head: '本级政府负责人' },
    correction: '补正', correction_days: '申请人补正的工作日数', correction_hint: '不填的，用中心的设置。', correction_pauses: '受理以后补正的，停止计时', correction_basis: '停止计时的依据', texts_how: '一次性告知时的备用语：哪里不对，应当怎样。', text: '第 {number} 条', of_paper: '哪一份材料', wrong: '哪里不对', right: '应当怎样', add_text: '再加一条',
    remedies_how: '与中心的设置不同的才填。', review_body: '复议机关', court: '法院', remedy: '本事项自己的救济途径', remedy_hint: '整句代替，要写明期间。', result_type: '结果类型', result_types: { licence: '许可证照', certificate: '证书证明', approval: '批复决定', receipt: '回执', letter: '通知' },
    audience: { a1: '自然人', a2: '企业法人', a3: '事业法人', a4: '社会组织法人', a5: '行政机关', a6: '其他组织' }, commitment_excluded: '整个事项不适用告知承诺的原因',
  },
  bundles: {
    how: '“高效办成一件事”：成员事项、先后和说明。变更自启用日起对外显示，旧的各版都留着。', choose: '在左边选一件事。', change: '变更这件事', since_hint: '今天或以后。自这一天起对外显示新的一版。', what: '一件事', aliases: '别名', one_a_line: '一行一个。', scope: '适用范围', order_note: '先后的说明', results: '结果', members: '成员事项', requirement: '是否必办', requirements: { mandatory: '必办', conditional: '有条件', optional: '可选', alternative: '二选一' }, handling: '怎样办', handlings: { apply: '申请办理', auto_check: '自动核验', guide: '指引' }, after: '须先办的成员', after_hint: '写成员代码，用顿号隔开；不得成循环。', add_member: '再加一个成员', rest_hint: '材料、牵头部门、承诺、对比等，写法见 docs/catalog.md。代码不能变更。',
  },
  windows: {
    how: '窗口收哪些部门的件、由谁操作。办过件的窗口不删去，停用即可；办件按当天的窗口判断。', change: '变更窗口', in_force: '现在的窗口（第 {version} 版）', since_hint: '今天或以后。', kind: '类型', kinds: { comprehensive: '无差别综合窗口', domain: '分领域综合窗口', special: '专业窗口', issue: '出件窗口', unresolved: '办不成事反映窗口' }, operators: '操作账号', closed: '停用', is_closed: '已停用', departments: '所收的部门（{count} 个）', receives: '收发', receives_all: '各部门的件都收', issues_all: '各部门的结果都发', add: '再加一个窗口',
  },
}
