// The hall's people for the journeys: invented, each with their post, opened as an administrator opens them.
import { Broken, hold as holdPage, openPage } from './house.mjs'

export const staffPassword = 'nine quiet counters'
export const staff = {
  'desk.wang': { name: '王示例', roles: ['clerk'], windows: ['W01'] },
  'desk.liu': { name: '刘示例', roles: ['clerk'], windows: ['W02'] },
  'desk.zhao': { name: '赵示例', roles: ['runner'] },
  'desk.zhou': { name: '周示例', roles: ['chief_representative'], department: 'wjw' },
  'desk.wu': { name: '吴示例', roles: ['department_leader'], department: 'wjw' },
  'desk.sun': { name: '孙示例', roles: ['issue_clerk'], windows: ['W15'] },
  'desk.he': { name: '何示例', roles: ['chief_representative'], department: 'scjgj' },
  'desk.tan': { name: '谭示例', roles: ['department_leader'], department: 'scjgj' },
  'desk.mao': { name: '毛示例', roles: ['chief_representative'], department: 'rst' },
  'desk.admin': { name: '管示例', roles: ['administrator'] },
  'desk.huang': { name: '黄示例', roles: ['supervisor'] },
  'desk.gao': { name: '高示例', roles: ['supervisor'] },
  'desk.bai': { name: '白示例', roles: ['supervisor'] },
  'desk.lin': { name: '林示例', roles: ['supervisor'] },
  'post.qin': { name: '秦示例', roles: ['administrator'] },
  'post.xu': { name: '许示例', roles: ['security_administrator'] },
  'post.he': { name: '何示例', roles: ['auditor'] },
  'desk.all': { name: '全示例', roles: ['clerk', 'runner', 'issue_clerk', 'supervisor', 'administrator'], windows: ['W01'] }, // whoever opens a page that nobody was named for
  'desk.xie': { name: '谢示例', roles: ['guide'] }, // whose one-time codes come and go
  'desk.duan': { name: '段示例', roles: ['guide'] }, // who changes the password
  'desk.lv': { name: '吕示例', roles: ['government_leader'] },
}
const opened = new WeakMap()

/** As hold(); the desk scrolls below its bar, so that is where nothing may lie outside. */
export async function hold(page, where, options = {}) {
  await holdPage(page, where, options)
  const over = await page.evaluate(() => Math.max(0, ...[...document.querySelectorAll('main, .work > section')].map((e) => e.scrollWidth - e.clientWidth)))
  if (over > 0) throw new Broken(`${where}: a pane scrolls sideways by ${over} px`)
}

async function openStaff(house) {
  for (const [account, s] of Object.entries(staff)) {
    await house.operator('/api/identity/open_account', { account, name: s.name, ...(s.department ? { department: s.department } : {}), ...(s.windows ? { windows: s.windows } : {}) })
    await house.operator('/api/identity/grant_roles', { account, roles: s.roles, ...(s.department ? { department: s.department } : {}) })
    const { link } = await house.operator('/api/identity/invite', { account })
    const code = new URL(link).searchParams.get('code')
    const r = await fetch(`${house.base}/set-password`, { method: 'POST', headers: { origin: house.base, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ code, username: account, password: staffPassword, again: staffPassword }) })
    if (!r.ok) throw new Broken(`${account}: ${r.status} ${await r.text()}`)
  }
}
const sessions = new WeakMap() // of a house: account → the cookies of its last sign-in
/**
 * At the desk, at `path`, signed in; the first of a run opens the accounts. Who has signed in before comes back with the same session while
 * it lasts: the program looks at ten passwords of one person in a minute (identity/lockout.h), and the journeys are quicker than that.
 */
export async function atDesk(house, browser, account, path = '/desk/', options = {}) {
  if (!opened.has(house)) opened.set(house, openStaff(house))
  await opened.get(house)
  if (!sessions.has(house)) sessions.set(house, new Map())
  const known = sessions.get(house)
  const p = await openPage(browser, options)
  if (known.has(account)) await p.context.addCookies(known.get(account))
  await p.page.goto(house.base + path)
  if (known.has(account)) {
    await p.page.waitForSelector('.me, #account')
    if (await p.page.locator('.me').count()) return p
  }
  const replies = []
  p.page.on('response', (r) => r.url().includes('/api/identity/') && replies.push(`${r.status()} ${new URL(r.url()).pathname}`))
  await enter(p.page, account)
  try {
    await p.page.waitForSelector('.me')
  } catch (e) {
    throw new Broken(`${account} is not signed in; the program answered ${replies.join(', ') || 'nothing'}; the page says: ${(await p.page.innerText('body')).slice(0, 400)}`, { cause: e })
  }
  known.set(account, await p.context.cookies())
  return p
}
export async function enter(page, account) {
  await page.fill('#account', account)
  await page.fill('#password', staffPassword)
  await page.press('#password', 'Enter')
}
export const kMatter = 'SC-WJW-0001' // four papers, all of them the applicant's to bring
/** A case at the window, with so many of its papers. */
export async function received(house, papers, applicant = '示例诊所') {
  const matter = await house.operator(`/api/casework/matters/${kMatter}`)
  const names = matter.materials.slice(0, papers).map((m) => m.name)
  const a = await house.operator('/api/casework/receive', { matter: kMatter, applicant_kind: 'legal', applicant, materials: names, window: 'W01' })
  return a.stream.replace('case:', '')
}
/** A legal person's case of any matter, with all its papers, on its way with the department. */
export async function inReviewOf(house, code, applicant) {
  const matter = await house.operator(`/api/casework/matters/${code}`)
  const a = await house.operator('/api/casework/receive', { matter: code, applicant_kind: 'legal', applicant, materials: matter.materials.map((m) => m.name), window: 'W01' })
  const id = a.stream.replace('case:', '')
  await house.operator('/api/casework/accept', { case_id: id, version: 1, window: 'W01' })
  await house.operator('/api/casework/transfer', { case_id: id, version: 2, window: 'W01', to: 'department', signed_by: '签收示例' })
  return id
}
/** The same, on its way with the department. */
export async function inReview(house, applicant) {
  const id = await received(house, 4, applicant)
  await house.operator('/api/casework/accept', { case_id: id, version: 1, window: 'W01' })
  await house.operator('/api/casework/transfer', { case_id: id, version: 2, window: 'W01', to: 'department', signed_by: '签收示例' })
  return id
}
