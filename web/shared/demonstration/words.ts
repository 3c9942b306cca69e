// The words of what only a demonstration shows. Apart from the others: no page of a real centre loads them.
import { language } from '@/shared/look'
import type { Same } from '@/shared/words'

const zh = {
  label: '演示环境',
  band: '演示环境',
  note: '人名、单位、办件都是虚构的，请不要填写真实信息。',
  clock: '演示时间 {now}',
  switch: '换一个演示账号',
  title: '用演示账号进入',
  offer: '演示账号没有密码，点一下就进入。正式使用的系统没有这一栏。',
  again: '以演示账号继续',
  now: '现在是：{name}',
  unsent: '还有没送出或填写到一半的内容，换账号会丢弃它们。再点一次就换。',
  none: '这个演示环境没有演示账号。',
  failed: '没有进去。请再点一次；还不行的，重新读取这一页。',
  group_applicant: '来办事',
  group_window: '窗口',
  group_department: '审批部门',
  group_centre: '中心管理',
  post: {
    citizen: '市民', enterprise: '企业', guide: '导办', clerk: '综窗人员', runner: '物料员', handler: '承办人', chief_representative: '首席代表', department_leader: '本机关负责人',
    government_leader: '本级政府负责人', issue_clerk: '出件窗口人员', supervisor: '中心督查', administrator: '系统管理员', security_administrator: '安全保密管理员', auditor: '安全审计员',
  },
}
const en = {
  label: 'Demonstration',
  band: 'Demonstration',
  note: 'All people, bodies and cases are invented. Please enter nothing real.',
  clock: 'Its time is {now}',
  switch: 'Another demonstration account',
  title: 'Enter with a demonstration account',
  offer: 'Demonstration accounts have no password: one click enters. A real centre does not show this.',
  again: 'Go on with the demonstration account',
  now: 'You are: {name}',
  unsent: 'Something is not sent or half filled in; changing accounts drops it. Click once more to change.',
  none: 'This demonstration offers no accounts.',
  failed: 'That did not work. Please click once more, or load the page anew.',
  group_applicant: 'Applicants',
  group_window: 'Windows',
  group_department: 'Department',
  group_centre: 'The centre',
  post: {
    citizen: 'Citizen', enterprise: 'Enterprise', guide: 'Guide', clerk: 'Clerk at the window', runner: 'Runner', handler: 'Handler', chief_representative: 'Chief representative', department_leader: 'Head of the authority',
    government_leader: 'Head of the government', issue_clerk: 'Clerk who issues', supervisor: 'Supervisor', administrator: 'Administrator', security_administrator: 'Security administrator', auditor: 'Auditor',
  },
} satisfies Same<typeof zh>
export const demonstrationWords = { zh, en }

export function say(key: Exclude<keyof typeof zh, 'post'>, slots: Record<string, string> = {}): string {
  return demonstrationWords[language.value][key].replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? '')
}
export const postWord = (post: string): string => (demonstrationWords[language.value].post as Record<string, string>)[post] ?? post
