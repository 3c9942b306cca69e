// Words of the hall's pages: calls, the guide's desk, follow-ups, leaders' duty, ratings, screens and devices.
export default {
  caller: {
    next: '叫下一个', finish_next: '办结，叫下一个', recall: '重叫', finish: '办结', skip: '过号', hold: '挂起', pass_on: '转号', resume: '恢复办理', rejoin: '重排', give_up: '弃号', all: '叫号台', receive: '给他收件',
    free: '窗口空闲', waiting: '等候 {count} 人', called: '已叫号：{number}', called_at: '{time} 叫号，第 {times} 次', press_next: '有 {count} 人等候，按 x 叫下一个。', nobody: '现在没有人等候这个窗口的业务。', choose_window: '先选您坐的窗口。',
    open: '我开着', open_by: '{who} 开着', closed: '没有开', open_window: '开窗', close_window: '关窗', take_over_window: '接管窗口', take_over_reason: '为什么接管', others_note: '这个窗口由别人开着。要在这里叫号，先接管并写明原因；接管记入账本。',
    class_ordinary: '普通', class_priority: '优先', class_appointment: '预约', class_passed_on: '转办', to_line: '转到哪项业务', reason: '原因', pass_hint: '号码不变，到那边先叫。一次来访办几件事，用转号。', hold_hint: '例如：去复印、补照片。挂起以后可以叫别人，回来时恢复办理。',
    did_call_next: '叫下一个', did_recall: '重叫', did_finish_ticket: '办结', did_skip_ticket: '过号', did_hold_ticket: '挂起', did_pass_on_ticket: '转号', did_resume_ticket: '恢复办理', did_rejoin_line: '重排', did_give_up_ticket: '弃号', did_open_window: '开窗', did_close_window: '关窗', did_take_over_window: '接管窗口',
    rows: '等候', line: '业务', people: '等候（人）', taken: '今天取号', windows: '开窗', wait: '预计等候', minutes: '{from}—{to} 分钟', held: '挂起的号（{count}）', none_held: '没有挂起的号。', skipped: '过号的（{count}）', none_skipped: '没有过号的。',
    link: '短信发送评价链接', link_about: '{number} 办完了，还没有评价。对方愿意的，可以把评价链接发到手机上；号码加密保存，只用来发这一条。', phone: '手机号码', did_ask_evaluation_link: '评价链接待发送',
    card: '读身份证', no_card: '读卡器上没有证件，请放好再读。', card_read: '已读入姓名和公民身份号码，请核对。',
  },
  bind: {
    about: '申请人没有用统一身份登录的，账号要在窗口当面绑定一次；绑定以后才能网上申报。', checks: '绑定以前', check_person: '看证件原件，核对是本人；单位的看营业执照（登记证书）原件，核对来人有权代表单位。', check_account: '账号请申请人当面打开“我的办件”给您看，不听转述。', check_once: '一个账号只能绑定一次，不能改绑。号码加密保存，绑定的人和时间记入账本。',
    account_hint: '申请人注册时自己取的，以小写字母开头。', bad_account: '账号以小写字母开头，2 至 32 个字母、数字、点、短横线，请对照申请人的屏幕。', kind: '绑定给谁', seen_natural: '已看身份证原件，是本人；账号由本人当面出示', seen_legal: '已看营业执照（登记证书）原件，来人有权代表单位；账号由其当面出示', go: '绑定', card_read: '已读入{name}的公民身份号码，请与来人核对。',
    done_natural: '账号 {account} 已绑定公民身份号码 {number}。申请人刷新页面就可以申报。', done_legal: '账号 {account} 已绑定统一社会信用代码 {number}。申请人刷新页面就可以申报。', left: '没有绑定，您填写的内容还在。', left_unsure: '不知道有没有绑定成功，您填写的内容还在。',
  },
  guide: {
    take: '取号', book: '代预约', find: '查号', close: '停办', class: '号别', holder: '姓名', holder_hint: '保存时遮盖，只用于叫号屏。', slot: '时段', free: '余 {count}', number: '号码', look: '查询', number_is: '号码 {number}', before: '前面还有 {count} 人', served: '办结', day: '日期', which: '哪项业务', which_hint: '不选是整个大厅。',
    closed_reason: '停办的原因', closed_hint: '群众会看到，例如：暴雨红色预警、系统升级。', close_about: '登记以后，这一天不能取号、不能预约；已有的预约不算爽约，本人会看到原因。', closures: '已登记的停办', whole: '整个大厅', reopen: '取消停办', closed_for: '停办：{reason}', rest: '不是工作日',
    appointments: '预约', no_appointments: '这一天没有预约。', code: '报到码', stands: '情况', acts: '办理', check_in: '报到', cancel: '取消',
    status_waiting: '等候', status_called: '正在办理', status_held: '挂起', status_skipped: '过号', status_finished: '已办结', status_left: '已离开', appointment_booked: '已约', appointment_kept: '已报到', appointment_cancelled: '已取消', appointment_missed: '爽约', appointment_released: '大厅停办',
  },
  follow: {
    kind: '种类', all: '全部', kind_bad_rating: '差评整改', kind_paper_evaluation: '纸质差评整改', kind_unresolved: '办不成事', kind_leader_problem: '领导带走的问题', stage: '环节', stage_open: '在办', stage_opened: '待分办', stage_sorted: '待答复', stage_appealed: '申诉待复核', stage_answered: '待回访', stage_closed: '已办结', stage_declined: '不予受理',
    none: '这里没有交办件。', number: '第 {number} 号', led_by: '牵头 {who}', reopened: '回访不满意，重办', no_words: '没有留下文字。', register: '登记办不成事', register_do: '登记', about: '群众反映事情没有办成的，当场登记；督查分办，牵头部门限期答复，再回访。', words: '反映了什么', words_hint: '办什么事、卡在哪里、去过几次。不要写姓名、号码，写在下面。', about_department: '涉及的部门', about_window: '涉及的窗口', name: '反映人姓名', name_hint: '愿意留的才写；加密保存，用于答复和回访。',
    sort_follow_up: '分办', decline_follow_up: '不予受理', extend_follow_up: '延期', answer_follow_up: '答复', appeal_evaluation: '申诉', decide_appeal: '复核申诉', call_back: '回访', no_contact_left: '无联系方式，不回访', no_contact_reason: '怎样确认没有留联系方式', no_contact_hint: '例如：评价器上的评价，没有留号码。结案以后不计入回访率，单独计数。', appeal_pauses: '复核期间，答复的期限暂停；这里是复核的期限。申诉不成立的，剩余的工作日从复核之日起接着算。',
    class: '类别', class_days: '{name}（{days} 个工作日）', lead: '牵头部门', decline_reason: '为什么不受理，应到哪里反映', decline_hint: '涉法涉诉、私人纠纷等；告诉反映人向哪里反映。', days: '延长几个工作日', days_hint: '不超过这一类自己的天数，只能延一次。', extend_reason: '理由（已告知本人）', finding: '核实结果', finding_true_: '属实', finding_mistaken: '误评、误解', finding_malicious: '恶意', finding_lawful: '依法如此，已解释', measure: '核实情况和措施', appeal_reason: '申诉的理由', upheld: '复核结果', upheld_yes: '申诉成立，不计入差评', upheld_no: '申诉不成立，继续整改', decide_reason: '复核的理由',
    reached: '联系上了吗', reached_yes: '联系上了', reached_no: '没有联系上', content: '满意吗', content_yes: '满意', content_no: '不满意', note: '回访情况', note_hint: '第三次仍没有联系上的，写明怎样结束。',
    past: '办理经过', did: { follow_up_sorted: '分办', follow_up_declined: '不予受理', follow_up_extended: '延期', follow_up_answered: '答复', evaluation_appealed: '申诉', appeal_decided: '复核申诉', follow_up_called_back: '回访', follow_up_unreachable: '无联系方式，不回访' },
  },
  duty: {
    take_back_duty: '撤销登记', wrong_why: '为什么撤销', wrong: { twice: '重复登记', other_person: '登错了人', other_days: '登错了日期', not_come: '没有来' }, duty_taken_back: '已撤销：{why}（{who}）', plan_duty: '安排值守', record_duty: '登记值守', drop_duty_plan: '取消安排', note_duty: '记录值守', take_problem: '登记带走的问题', about_plan_duty: '每周按部门排班；到岗以后点“到岗”，就登记为值守。', about_record_duty: '没有排班的，直接登记。周报的“厅（局）长进大厅”从这里来。', post: '职务', post_hint: '多个职务用顿号连接。', day: '日期', from: '起', to: '止', rank: '排列次序', rank_hint: '周报按这个次序写，1 在最前。', week_before: '上一周', week_after: '下一周', roster: '值守安排', no_plans: '这一周没有安排。', who: '谁来', not_come: '没有到岗登记', plan_planned: '待到岗', plan_kept: '已到岗', plan_dropped: '已取消', came: '到岗', drop_reason: '为什么取消',
    duties: '值守', no_duties: '这一周还没有值守登记。', noted: '接待群众 {served} 人，解答咨询 {asked} 次，回访 {called_back} 人', served: '接待群众（人）', asked: '解答咨询（次）', called_back: '回访（人）', opinions: '意见建议', note_again: '改写记录', problem: '带走的是什么问题', problems: '全部带走的问题',
  },
  rating: {
    enter_paper: '登记纸质评价', paper_how: '意见箱、评价表里的，一张登记一次，照纸上写的录入；不计入好差评的比率，差评转为交办件。有排队号的来访由群众本人评价，不在这里代评。', paper_number: '评价表的编号', paper_hint: '印在评价表上，例如 PJ-0032。同一窗口同一天的一张只登记一次。', comment_hint: '照写。不要写来人的姓名、号码。', paper_contact: '表上有没有留联系方式', paper_contact_hint: '号码不用录入，留在纸上；留了的，差评办理以后要回访。', paper_contact_yes: '留了', paper_contact_no: '没有留', title: '好差评', from: '起', to: '止', bad_rate: '差评率', good_rate: '好评率', taken_part: '现场参评率', in_time: '差评按期整改率', called_back: '差评回访率', of: '{part} / {whole} 次评价', of_visits: '{part} / {whole} 个办结的号', of_due: '{part} / {whole} 件应答复', of_answered: '{part} / {whole} 件已答复', no_contact: '另有 {n} 件没有留联系方式', appeals_late: '申诉复核超期', of_appeals: '{part} / {whole} 件申诉', definition: '差评是不满意、非常不满意；申诉成立的 {upheld} 次不计入。', levels: '各等级', channel: '渠道', ratings: '评价', bad: '差评', channel_window: '窗口评价器', channel_phone: '电话', channel_online: '网上', channel_qr: '号票二维码', channel_sms: '短信链接', on_paper: '另有工作人员录入的纸质评价 {n} 张，其中差评 {bad} 张，不计入以上各数。',
  },
  device: {
    kind: '做什么用', kind_leaders: '领导大屏', kind_kiosk: '取号机', kind_board: '叫号屏', kind_pad: '评价器', kind_caller: '叫号器', kind_card_reader: '读卡器', kind_sender: '短信网关', window: '属于哪个窗口', kiosk: '属于哪台取号机', kiosk_hint: '窗口和取号机选一个。',
  },
}
