// Words of the page of appointments: in its own chunk, because the first page of the portal does without them.
export const zh = {
  title: '预约办事', mine: '我的预约', none: '您还没有预约。', book: '预约一个时段', line: '办哪类业务', slots: '可约的时段', free: '余 {n} 个', full: '约满', no_slots: '近期没有可约的时段，可以到大厅现场取号。', only_free: '只看有余号的', choose: '请选择一个时段。', confirm: '确认预约', chosen: '{day} {from}—{to}，{line}',
  rules: '预约前请知道', rule_check_in: '到大厅报到：开始前 {early} 分钟到开始后 {late} 分钟之间，在取号机或导办台报到，凭报到码或身份证。在家不能报到。', rule_cancel: '来不了请取消：开始前 {minutes} 分钟以前可以取消；免得名额空着。', rule_missed: '爽约：约了没有来，也没有取消。{days} 天内爽约 {limit} 次的，暂停网上预约；现场取号不受影响。', rule_closed: '大厅停办的，不算爽约。',
  code: '报到码', code_note: '到大厅的取号机输入，或告诉导办台', cancel: '取消预约', cancel_sure: '再点一次，确认取消', cancelled: '已取消。', booked: '预约成功。', kept: '您的选择还在。',
  status_booked: '已预约', status_kept: '已报到', status_cancelled: '已取消', status_missed: '没有到场', status_released: '大厅停办，不算爽约', closed: '大厅这一天停办：{reason}。不算爽约，请另约。', waiting: '现在等候 {n} 人', sign_in: '登录以后可以预约、查看和取消。', staff: '您用工作人员账号登录；代群众预约请到工作台的导办台。', back: '换一类业务', closures: '停办公告', whole: '整个大厅',
}
export type Word = keyof typeof zh
export const en: Record<Word, string> = {
  title: 'Appointments', mine: 'My appointments', none: 'You have no appointment.', book: 'Book a slot', line: 'What for', slots: 'Slots', free: '{n} free', full: 'full', no_slots: 'No slot is free soon; take a number in the hall.', only_free: 'Free ones only', choose: 'Please choose a slot.', confirm: 'Book it', chosen: '{day} {from}–{to}, {line}',
  rules: 'Before you book', rule_check_in: 'Check in at the hall: from {early} minutes before until {late} minutes after the beginning, at the kiosk or the guide’s desk, with your code or identity card. Not from home.', rule_cancel: 'Cancel if you cannot come, up to {minutes} minutes before.', rule_missed: 'Missed {limit} times within {days} days: booking online pauses; numbers in the hall do not.', rule_closed: 'What a closed hall does not keep is not missed.',
  code: 'Check-in code', code_note: 'Type it at the kiosk, or tell the guide', cancel: 'Cancel', cancel_sure: 'Press again to cancel', cancelled: 'Cancelled.', booked: 'Booked.', kept: 'What you chose is still here.',
  status_booked: 'booked', status_kept: 'checked in', status_cancelled: 'cancelled', status_missed: 'missed', status_released: 'the hall was closed', closed: 'The hall is closed on that day: {reason}. It is not counted as missed; please book another.', waiting: '{n} waiting now', sign_in: 'Sign in to book, see and cancel.', staff: 'You are signed in as staff; book for others at the guide’s desk.', back: 'Something else', closures: 'Closed days', whole: 'the whole hall',
}
