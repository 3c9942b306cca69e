// A screen has few words and no reader who could change them: the language is the link's (?lang=en) or the browser's last choice.
export const zh = {
  title: '今日大厅', hall: '政务服务大厅',
  today: '今日办理', consulted: '咨询', accepted: '受理', transferred: '流转', issued: '颁发', people: '人次', cases: '件', times: '件次',
  open: '在办', overdue: '已超期', waiting: '暂停、等待', due_today: '今日到期', due_soon: '三个工作日内到期', in_time: '按时',
  waiting_note: '等申请人补正、特别程序或上级机关', before_acceptance: '待受理', in_handling: '办理中', to_issue: '待颁发',
  duty: '厅（局）长进大厅', duty_count: '今日值守 {n} 位', duty_none: '今日没有登记值守',
  as_of: '截至 {time}', demonstration: '演示时间', stale: '数据停在 {time}，正在重新连接', connecting: '正在连接……',
  closed: '这块大屏没有开通，或者已经停用', closed_next: '请系统管理员在工作台的“大屏”页开通，用新的显示地址打开。',
  no_figures: '今天的数字现在算不出来', no_figures_next: '请告诉系统管理员：{code}',
}
export const en: Record<keyof typeof zh, string> = {
  title: 'The hall today', hall: 'Service centre',
  today: 'Done today', consulted: 'Asked', accepted: 'Accepted', transferred: 'Handed over', issued: 'Issued', people: 'visits', cases: 'cases', times: 'times',
  open: 'Open', overdue: 'Overdue', waiting: 'Paused or waiting', due_today: 'Due today', due_soon: 'Due in 3 working days', in_time: 'In time',
  waiting_note: 'for the applicant, a special procedure or the authority above', before_acceptance: 'To accept', in_handling: 'In handling', to_issue: 'To issue',
  duty: 'Leaders in the hall', duty_count: '{n} on duty today', duty_none: 'Nobody is entered for today',
  as_of: 'As of {time}', demonstration: 'Demonstration', stale: 'Data of {time}, reconnecting', connecting: 'Connecting…',
  closed: 'This screen is not open', closed_next: 'The administrator opens it on the desk’s page Screens; use the new address.',
  no_figures: 'Today’s figures cannot be counted', no_figures_next: 'Tell the administrator: {code}',
}
