// The people's pages: who is where, attendance, leave, conduct, activities, reform tasks, rules. Every page without a barrier, and the ways
// through them that more than one person goes.
import { equal, expect, holdElder, intercept, says } from './house.mjs'
import { atDesk, hold } from './staff.mjs'

const pages = [
  ['desk.wang', 'mine', '/desk/people/mine', '.slots li'],
  ['desk.wang', 'conduct', '/desk/people/conduct', '.clauses li'],
  ['desk.huang', 'today', '/desk/people/today', '.board li'],
  ['desk.huang', 'leave', '/desk/people/leave', '.waiting li'],
  ['desk.huang', 'attendance', '/desk/people/attendance', 'tbody tr'],
  ['desk.huang', 'activities', '/desk/people/activities', '.slips li'],
  ['desk.huang', 'tasks', '/desk/people/tasks', '.task'],
  ['desk.zhou', 'rules', '/desk/people/rules', '.slips li'],
]
export const journeys = {
  async 'people: every page without a barrier, in both modes, in English, on a phone'({ house, browser, shot }) {
    for (const [look, options, query] of [['normal', {}, ''], ['elder', {}, 'elder=1'], ['english', {}, 'lang=en'], ['phone', { viewport: { width: 390, height: 844 } }, '']]) {
      let at // one way in an account: an address may not sign in without end
      for (const [i, [account, name, path, ready]] of pages.entries()) {
        const where = path + (query ? `?${query}` : '')
        if (at?.account !== account) at = { account, ...(await atDesk(house, browser, account, where, options)) }
        else await at.page.goto(house.base + where)
        const { context, page, complaints } = at
        await page.waitForSelector(ready)
        await hold(page, `${name} (${look})`, { axe: ['elder', 'english', 'phone'].includes(look) }) // every_page.mjs asks axe about each in the usual look
        if (look === 'elder') await holdElder(page, name)
        await shot(page, `people-${name}-${look}`)
        equal(complaints.join('\n'), '', `what the browser complained of (${name}, ${look})`)
        if (pages[i + 1]?.[0] !== account) await context.close()
      }
    }
  },

  async 'people: who signs in at the desk has arrived, leaves the post by word of the B post, and is back'({ house, browser, shot }) {
    const a = await atDesk(house, browser, 'desk.liu', '/desk/people/mine')
    await house.operator('/api/identity/set_post_pair', { first: 'desk.liu', second: 'desk.wang' })
    await a.page.reload()
    await a.page.waitForSelector('.slots li')
    await says(a.page, '.slots li', /按时|迟到/, 'signing in at the desk has signed the slot')
    await a.page.fill('#leave-post-until', '10:20')
    await a.page.selectOption('#leave-post-official', 'no')
    await a.page.fill('#leave-post-reason', '到医务室')
    await a.page.click('#leave-post .primary')
    await a.page.waitForSelector('.slip:has-text("还没有离岗")')
    const b = await atDesk(house, browser, 'desk.wang', '/desk/people/mine')
    await b.page.waitForSelector('.slip:has-text("刘示例")')
    await shot(b.page, 'people-b-post')
    await b.page.click('button:has-text("确认顶岗")')
    await b.page.waitForSelector('.chip:has-text("由您顶岗")')
    await b.page.goto(`${house.base}/desk/people/today`)
    await b.page.waitForSelector('.board .away:has-text("刘示例")')
    await says(b.page, '.board .away:has-text("刘示例")', '由 王示例 顶岗', 'the board says who stands in')
    await b.context.close()
    await a.page.reload()
    await a.page.click('button:has-text("返岗")')
    await a.page.waitForSelector('#leave-post')
    await a.context.close()
  },

  async 'people: a leave is asked, approved by the centre with its reason in sight, and returned'({ house, browser, shot }) {
    const clerk = await atDesk(house, browser, 'desk.zhao', '/desk/people/leave')
    await clerk.page.waitForSelector('#ask-kind')
    await clerk.page.selectOption('#ask-kind', 'personal')
    await clerk.page.fill('#ask-from', '2024-06-24')
    await clerk.page.fill('#ask-to', '2024-06-25')
    await clerk.page.fill('#ask-reason', '孩子家长会')
    await clerk.page.click('#ask .primary')
    await clerk.page.waitForSelector('#ask .trouble')
    await says(clerk.page, '#ask .trouble', '顶岗人', 'a refusal in words, the form as it was')
    await clerk.page.selectOption('#ask-substitute', 'desk.wang')
    await clerk.page.click('#ask .primary')
    await clerk.page.waitForSelector('.mine li:has-text("审批中")')
    const centre = await atDesk(house, browser, 'desk.huang', '/desk/people/leave')
    const slip = centre.page.locator('.waiting li:has-text("赵示例")')
    await slip.waitFor()
    await says(slip, null, '孩子家长会', 'who decides reads why')
    await shot(centre.page, 'people-leave-waiting')
    await slip.locator('button:has-text("同意")').first().click()
    await slip.locator('form .primary').click()
    await centre.page.waitForFunction(() => ![...document.querySelectorAll('.waiting li')].some((x) => x.textContent.includes('赵示例')))
    await centre.context.close()
    await clerk.page.reload()
    await clerk.page.click('.mine button:has-text("销假")')
    await clerk.page.waitForSelector('.mine li:has-text("已销假")')
    await clerk.context.close()
  },

  async 'people: a device’s file is taken line by line; a slot is put right by another'({ house, browser, shot }) {
    const centre = await atDesk(house, browser, 'desk.huang', '/desk/people/attendance')
    await centre.page.waitForSelector('#device')
    await centre.page.fill('#device', '二号门')
    await centre.page.setInputFiles('#device-file', { name: 'signs.csv', mimeType: 'text/csv', buffer: Buffer.from('账号,时间\ndesk.sun,2024-06-21 09:30\nnobody,2024-06-21 09:00\n') })
    await centre.page.click('button:has-text("导入打卡记录")')
    await centre.page.waitForSelector('.slip:has-text("第 3 行")')
    await says(centre.page, '.slip:has-text("第 3 行")', '没有这个账号', 'the line says why')
    const sun = await atDesk(house, browser, 'desk.sun', '/desk/people/mine')
    await sun.page.click('.task:has-text("21日") button:has-text("补卡") >> nth=0')
    await sun.page.selectOption('#correct-wanted', 'outside')
    await sun.page.fill('#correct-reason', '到邮政网点交寄')
    await sun.page.click('#correct .primary')
    await sun.page.waitForSelector('li:has-text("等待审核")')
    await sun.context.close()
    await centre.page.reload()
    const slip = centre.page.locator('.slip:has-text("到邮政网点交寄")')
    await slip.waitFor()
    await shot(centre.page, 'people-attendance')
    await slip.locator('button:has-text("同意补卡")').click()
    await slip.waitFor({ state: 'detached' })
    await centre.context.close()
  },

  async 'people: a contact with an enterprise that has a running case is told; a report is opened by few'({ house, browser, shot }) {
    const clerk = await atDesk(house, browser, 'desk.wang', '/desk/people/conduct')
    await clerk.page.waitForSelector('.clauses li')
    await clerk.page.click('button:has-text("签署承诺书")')
    await clerk.page.waitForSelector('.slip:has-text("已于")')
    await clerk.page.click('button:has-text("登记交往") >> nth=0')
    await clerk.page.fill('#uscc', '91510199MADEM0003F')
    await clerk.page.waitForSelector('.conflict:has-text("正在办理")')
    await hold(clerk.page, 'registering a contact')
    await shot(clerk.page, 'people-contact')
    await clerk.page.fill('#contact-enterprise', '青禾示例门诊部')
    await clerk.page.selectOption('#contact-occasion', 'reception')
    await clerk.page.selectOption('#contact-clause', 'Z4')
    await clerk.page.fill('#contact-place', '综窗01')
    await clerk.page.fill('#contact-about', '咨询变更登记')
    await clerk.page.selectOption('#contact-told', 'no')
    await clerk.page.click('#contact .primary')
    await clerk.page.waitForSelector('.slip:has-text("咨询变更登记")')
    // The other way round: a case of the enterprise is received, and its page says that there were contacts, and not whose.
    const matter = await house.operator('/api/casework/matters/SC-RST-0001')
    const got = await house.operator('/api/casework/receive', { matter: 'SC-RST-0001', applicant_kind: 'legal', applicant: '青禾示例门诊部', applicant_id: '91510199MADEM0003F', materials: matter.materials.map((m) => m.name), window: 'W01' })
    await clerk.page.goto(`${house.base}/desk/cases/${got.stream.replace('case:', '')}`)
    await clerk.page.waitForSelector('.contact-note')
    const note = await clerk.page.textContent('.contact-note')
    expect(/2 次/.test(note) && note.includes('1 次是您本人登记的') && !note.includes('示例'), note)
    await hold(clerk.page, 'a case of an enterprise that was met')
    await shot(clerk.page, 'case-contact')
    await clerk.page.goto(`${house.base}/desk/people/conduct`)
    await clerk.page.waitForSelector('.tabs')
    expect((await clerk.page.textContent('.tabs')).includes('举报办理') === false, 'who may not read reports has no page of them')
    // A report leaves no look behind it: an entry of the access audit beside the report's time would name who gave it.
    await clerk.page.click('.tabs button:has-text("举报") >> nth=0')
    await clerk.page.selectOption('#report-about', 'desk.mao')
    await clerk.page.selectOption('#report-clause', 'F5')
    await clerk.page.fill('#report-words', '收受会员卡（示例）')
    const looks = []
    clerk.page.on('request', (r) => r.method() === 'GET' && r.url().includes('/api/conduct/') && looks.push(r.url()))
    await clerk.page.click('#report .primary')
    await clerk.page.waitForSelector('.said:has-text("举报")')
    await hold(clerk.page, 'a report, given')
    equal(looks.length, 0, `nothing is read behind a report: ${looks}`)
    const seen = await house.operator('/api/identity/audit?account=desk.wang&limit=50')
    expect(!JSON.stringify(seen).includes('conduct.read_mine'), 'what is one’s own is no entry of the audit')
    await clerk.context.close()
    const { context, page } = await atDesk(house, browser, 'desk.huang', '/desk/people/conduct')
    await page.click('button:has-text("举报办理")')
    await page.waitForSelector('.slip:has-text("F4")')
    expect(!(await page.textContent('main')).includes('打印店'), 'the list has no words of a report')
    await page.click('.slip:has-text("F4") button')
    await page.waitForSelector('.slip:has-text("打印店")')
    await hold(page, 'a report, opened')
    const audit = await house.operator('/api/identity/audit?limit=50')
    expect(JSON.stringify(audit).includes('conduct.read_report'), 'and the opening stands in the audit')
    await context.close()
  },

  async 'people: a training is entered with who came, found and ticked; whoever may read it finds it'({ house, browser, shot }) {
    const { context, page } = await atDesk(house, browser, 'desk.huang', '/desk/people/conduct')
    await page.click('.tabs button:has-text("廉洁培训")')
    await page.waitForSelector('#training')
    await page.fill('#training-title', '新修订的正负面清单宣讲（示例）')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.several.wrong')
    await page.fill('#training-accounts-find', '示例 王')
    await page.click('.several label:has-text("王示例")')
    await page.fill('#training-accounts-find', '没有这个人')
    await page.waitForSelector('.several:has-text("没有符合的人")')
    await page.fill('#training-accounts-find', '刘示例')
    await page.click('.several button:has-text("选中找到的")')
    await page.fill('#training-accounts-find', '')
    await says(page, '.several [role=status]', '已选 2 人', 'who was ticked stays so while one looks for others')
    await hold(page, 'entering a training')
    await shot(page, 'people-training')
    await page.reload() // typed is kept, ticks too
    await page.click('.tabs button:has-text("廉洁培训")')
    await page.waitForSelector('.several [role=status]:has-text("已选 2 人")')
    await page.press('#training-title', 'Control+Enter')
    const slip = page.locator('.slips li:has-text("新修订的正负面清单宣讲")')
    await slip.waitFor()
    await slip.locator('summary').click()
    for (const name of ['王示例', '刘示例']) await says(slip, null, name, 'who took part')
    await page.goto(`${house.base}/desk/people/conduct?elder=1`)
    await page.click('.tabs button:has-text("廉洁培训")')
    await slip.waitFor()
    await hold(page, 'trainings (elder)')
    await holdElder(page, 'trainings')
    await context.close()
    const clerk = await atDesk(house, browser, 'desk.wang', '/desk/people/conduct')
    await clerk.page.waitForSelector('.clauses li')
    expect(!(await clerk.page.textContent('.tabs')).includes('廉洁培训'), 'who may not read them has no page of them')
    await clerk.context.close()
  },

  async 'people: the centre signs for somebody who cannot, now and with its name'({ house, browser }) {
    const { context, page } = await atDesk(house, browser, 'desk.huang', '/desk/people/attendance')
    await page.waitForSelector('#enter-sign')
    equal(await page.locator('#enter-sign-account option[value="desk.huang"]').count(), 0, 'nobody signs for themselves here')
    await page.click('#enter-sign .primary')
    await page.waitForSelector('#enter-sign .field.wrong')
    await page.selectOption('#enter-sign-account', 'desk.mao')
    await intercept(page, '**/api/staff/enter_sign', (route) => route.abort('internetdisconnected'), { times: 1 })
    await page.click('#enter-sign .primary')
    await page.waitForSelector('#enter-sign .trouble:has-text("不会留到以后自动送出")')
    await page.click('#enter-sign .primary')
    await page.waitForSelector('.said:has-text("代为登记打卡")')
    await hold(page, 'a sign entered')
    await context.close()
  },

  async 'people: an activity is offered to the bulletin; a department confirms a rule'({ house, browser }) {
    const { context, page } = await atDesk(house, browser, 'desk.huang', '/desk/people/activities')
    await page.waitForSelector('#activity-title')
    await page.selectOption('#activity-kind', 'meeting')
    await page.fill('#activity-title', '首席代表例会')
    await page.fill('#activity-place', '二楼会议室')
    await page.fill('#activity-who', '首席代表')
    await page.fill('#activity-people', '30')
    await page.selectOption('#activity-over', 'yes')
    await page.fill('#activity-accounts', 'desk.wang\ndesk.zhou')
    await page.click('#activity .primary')
    const slip = page.locator('.slips li:has-text("首席代表例会")')
    await slip.waitFor()
    await says(slip, null, '30 余名', '余 is kept')
    // Who came is read back from the sheet, by who takes it; the others read their own mark.
    await slip.locator('button:has-text("登记签到")').click()
    await slip.locator('fieldset:has-text("到会") label').nth(1).click()
    await slip.locator('.act .primary').click()
    await slip.locator('button:has-text("看签到表")').click()
    const sheet = slip.locator('ul[aria-label="签到表"]')
    await sheet.locator('li:has-text("未到")').waitFor()
    expect(await sheet.locator('li').count() === 2, 'one came, one stayed away, nobody was excused')
    const looked = (await house.operator('/api/identity/audit?account=desk.huang&limit=50')).entries.find((e) => e.act === 'reform.read_sheet')
    expect(/^[0-9]+$/.test(looked?.object ?? ''), 'the audit says whose sheet was read')
    const invited = await atDesk(house, browser, 'desk.zhou', '/desk/people/activities')
    await invited.page.waitForSelector('.slips li:has-text("首席代表例会"):has-text("本人：未到")')
    expect(await invited.page.locator('.slips li:has-text("首席代表例会") button:has-text("看签到表")').count() === 0, 'the centre’s sheet is no department’s')
    await invited.context.close()
    await slip.locator('button:has-text("报送周报")').click()
    await page.click('#offer .primary')
    await slip.locator('b:has-text("已报送周报")').waitFor()
    await slip.locator('button:has-text("不采用")').click()
    await page.fill('#let-go-note', '与上周重复')
    await page.click('#let-go .primary')
    await slip.locator('b:has-text("没有采用")').waitFor()
    await context.close()
    await house.operator('/api/reform/enact_house_rule', { number: 'T-1', version: 1, title: '示例制度', on: '2024-06-24', governs: [], readers: ['wjw'] })
    const chief = await atDesk(house, browser, 'desk.zhou', '/desk/people/rules')
    await chief.page.click('.slips li:has-text("示例制度") button:has-text("已阅知")')
    await chief.page.waitForSelector('.slips li:has-text("示例制度"):has-text("已阅知 1/1")')
    await chief.context.close()
  },
}
