// The centre's pages: figures lead to their cases, the bulletin to its sources; accounts, matters and the audit are worked with. Every page
// without a barrier, in both modes, in English, on a phone and on a wide screen.
import { counts, equal, expect, holdElder, says, typed, until } from './house.mjs'
import { atDesk, enter, hold, kMatter, received, staffPassword } from './staff.mjs'

const pages = [
  ['desk.huang', 'figures', '/desk/centre/figures?days=last_period&figure=accepted', '.evidence tbody tr'],
  ['desk.huang', 'figures-none', '/desk/centre/figures?from=2019-03-04&to=2019-03-05', '.waits'],
  ['desk.huang', 'trends', '/desk/centre/trends', '.chart svg'],
  ['desk.huang', 'bulletin', '/desk/centre/bulletin?edition=internal&figure=accepted', '.evidence tbody tr'],
  ['desk.huang', 'reports', '/desk/centre/reports?period=2024-06&figure=accepted&edition=internal', '.evidence tbody tr'],
  ['desk.huang', 'matters', `/desk/centre/matters?matter=${kMatter}`, '.versions li'],
  ['desk.huang', 'warnings', '/desk/centre/warnings', '.versions li'],
  ['desk.huang', 'settings', '/desk/centre/settings', 'tbody tr'],
  ['desk.huang', 'windows', '/desk/centre/windows', 'tbody tr'],
  ['desk.huang', 'bundles', '/desk/centre/bundles?bundle=SBKJM', '.versions li'],
  ['desk.huang', 'changes-none', '/desk/centre/changes', '.empty'],
  ['desk.lv', 'leader', '/desk/centre/figures?days=last_period&figure=issued', '.evidence tbody tr'],
  ['post.xu', 'accounts', '/desk/centre/accounts?account=desk.wang', '.history li'],
  ['post.xu', 'rights', '/desk/centre/rights', 'tbody tr'],
  ['post.xu', 'erasure', '/desk/centre/erasure', '#erasure'],
  ['post.he', 'audit', '/desk/centre/audit', 'tbody tr'],
  ['desk.wang', 'closed', '/desk/centre/audit', '.sheet h1'],
]
const number = (words) => Number(words.replace(/[^0-9]/g, ''))

export const journeys = {
  async 'centre: every page without a barrier, in both modes, in English, on a phone, on a wide screen'({ house, browser, shot }) {
    for (const [look, options, query] of [
      ['normal', {}, ''],
      ['elder', {}, 'elder=1'],
      ['english', {}, 'lang=en'],
      ['phone', { viewport: { width: 390, height: 844 } }, ''],
      ['wide', { viewport: { width: 1920, height: 1080 } }, ''],
    ]) {
      for (const account of new Set(pages.map((p) => p[0]))) {
        const { context, page, complaints } = await atDesk(house, browser, account, `/desk/${query ? `?${query}` : ''}`, options)
        for (const [who, name, path, ready] of pages) {
          if (who !== account) continue
          await page.goto(house.base + path + (query ? (path.includes('?') ? '&' : '?') + query : ''))
          await page.waitForSelector(ready)
          await page.waitForTimeout(200) // the stream keeps the network busy: there is no idle to wait for
          await hold(page, `${name} (${look})`, { axe: ['elder', 'english', 'phone'].includes(look) }) // every_page.mjs asks axe about each in the usual look
          if (look === 'elder') await holdElder(page, `${name} (${look})`)
          await shot(page, `centre-${name}-${look}`)
        }
        equal(complaints.join('\n'), '', `what the browser complained of (${account}, ${look})`)
        await context.close()
      }
    }
  },

  async 'centre: a figure adds up from its departments, and leads to a case'({ house, browser }) {
    const { context, page, complaints } = await atDesk(house, browser, 'desk.huang', '/desk/centre/figures?days=last_period')
    await page.waitForSelector('.four li')
    const accepted = number(await page.textContent('.four li >> nth=1 >> b'))
    const printed = (await house.operator('/api/bulletin/weeks/2024-06-17')).figures.find((f) => f.figure === 'accepted').count
    equal(accepted, printed, 'the page says what the bulletin prints')
    const parts = await page.locator('.by-unit tbody tr:not(.window) td:nth-child(3)').allTextContents()
    equal(parts.reduce((n, s) => n + number(s), 0), accepted, 'the departments add up')
    await says(page, '.by-unit tfoot', '相符', 'it says that they add up')
    // By the keyboard alone: the largest department's number, its facts, one of its cases.
    await page.focus('.by-unit tbody tr >> nth=0 >> td:nth-child(3) button')
    const of = number(await page.textContent('.by-unit tbody tr >> nth=0 >> td:nth-child(3) button'))
    await page.keyboard.press('Enter')
    await page.waitForSelector('.evidence tbody tr')
    equal(await page.evaluate(() => document.activeElement?.closest('.evidence') !== null), true, 'the focus went to the evidence')
    await says(page, '.said-of', '每作出一次受理决定', 'the definition stands there')
    const rows = async () => page.locator('.evidence tbody tr').count()
    while (await page.locator('.evidence button:has-text("更多")').count()) {
      const before = await rows()
      await page.click('.evidence button:has-text("更多")')
      await page.waitForFunction((n) => document.querySelectorAll('.evidence tbody tr').length > n, before)
    }
    const reversals = await page.locator('.evidence tbody small:has-text("−1")').count()
    equal((await rows()) - 2 * reversals, of, 'as many facts as the figure says')
    await page.click('.evidence tbody a >> nth=0')
    await page.waitForSelector('.case h1')
    await page.goBack()
    await page.waitForSelector('.evidence tbody tr')
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('.head button:has-text("导出 CSV")')])
    const text = await (await import('node:fs/promises')).readFile(await file.path(), 'utf8')
    expect(text.startsWith('\ufeff') && text.includes('部门,窗口,咨询') && text.includes('每作出一次受理决定'), `the file: ${text.slice(0, 200)}`)
    equal(complaints.join('\n'), '', 'what the browser complained of')
    await context.close()
  },

  async 'centre: a trend has its table, and a number of it opens its facts'({ house, browser }) {
    const { context, page, complaints } = await atDesk(house, browser, 'desk.huang', '/desk/centre/trends?by=day')
    await page.waitForSelector('.chart svg')
    await counts(page, '.chart svg', 4, 'four pictures')
    expect(((await page.getAttribute('.chart >> nth=1', 'aria-label')) ?? '').startsWith('受理：'), 'each says what it shows')
    const link = page.locator('.trends tbody td:nth-child(4) a').first()
    const count = number(await link.textContent())
    await link.focus()
    await page.keyboard.press('Enter')
    await page.waitForSelector('.evidence tbody tr')
    equal(number(await page.textContent('.four li >> nth=1 >> b')), count, 'the same number stands there')
    await page.goto(`${house.base}/desk/centre/trends?by=period`)
    await page.waitForSelector('.chart svg')
    await says(page, '.trends table', '6月17日—6月21日', 'periods as the bulletin has them')
    await page.goto(`${house.base}/desk/centre/trends?by=month`)
    await page.waitForSelector('.chart svg')
    await says(page, '.trends table', '没有记录', 'months before the ledger are no zeros')
    equal(complaints.join('\n'), '', 'what the browser complained of')
    await context.close()
  },

  async 'centre: a click on a figure of the paper shows what stands behind it, in both editions'({ house, browser }) {
    const { context, page } = await atDesk(house, browser, 'desk.huang', '/desk/centre/bulletin')
    const paper = page.frameLocator('.paper-frame')
    await paper.locator('a[href*="/figures/2024-06-17/accepted"]').first().click()
    await page.waitForSelector('.evidence tbody tr')
    const printed = (await house.operator('/api/bulletin/weeks/2024-06-17')).figures.find((f) => f.figure === 'accepted').count
    equal(number(await page.textContent('.one-count b')), printed, 'the figure beside the paper')
    await paper.locator('a[href*="/figures/2024-06-17/guides_count"]').first().click()
    await page.waitForFunction(() => document.querySelector('.evidence h2')?.textContent?.includes('图解'))
    await says(page, '.evidence', '事实', 'dated facts stand behind it')
    expect((await page.locator('.paper-frame').count()) === 1, 'the paper has stayed')
    await page.click('button:has-text("内部版")')
    await page.click('button:has-text("全部数字")')
    await page.waitForSelector('.warned li')
    await context.close()
    const public_ = await fetch(`${house.base}/bulletin/2024-06-17`)
    expect((public_.headers.get('content-security-policy') ?? '').includes("frame-ancestors 'self'"), 'no other site may frame the paper')
  },

  async 'centre: an account is opened, granted, let in, suspended and restored, by two posts, and its past says so'({ house, browser }) {
    const admin = await atDesk(house, browser, 'post.qin', '/desk/centre/accounts')
    await admin.page.click('button:has-text("开户")')
    await admin.page.fill('#new-account', '13900000000')
    await admin.page.fill('#new-name', '新示例·买买提')
    await admin.page.click('form .primary')
    await admin.page.waitForSelector('#new-account-error')
    await admin.page.fill('#new-account', 'desk.xin')
    await admin.page.click('form .primary')
    await admin.page.waitForSelector('.account h2:has-text("新示例")')
    await admin.page.click('.acts button:has-text("首次登录链接")')
    await admin.page.click('form.act .primary')
    await admin.page.waitForSelector('#link')
    const link = await admin.page.inputValue('#link')
    await hold(admin.page, 'a link, once')
    equal(await admin.page.locator('.acts button:has-text("授予岗位")').count(), 0, 'the administrator grants no roles')
    const security = await atDesk(house, browser, 'post.xu', '/desk/centre/accounts?account=desk.xin')
    await security.page.click('.acts button:has-text("授予岗位")')
    await security.page.check('.roles input[value=administrator]')
    await security.page.check('.roles input[value=auditor]')
    await security.page.waitForSelector('.error:has-text("三员")')
    equal(await security.page.isDisabled('form.act .primary'), true, 'two of the three posts are not sent')
    await security.page.uncheck('.roles input[value=administrator]')
    await security.page.uncheck('.roles input[value=auditor]')
    await security.page.check('.roles input[value=guide]')
    await security.page.waitForSelector('.change:has-text("casework.consult")')
    await hold(security.page, 'granting roles')
    await security.page.click('form.act .primary')
    await security.page.waitForSelector('.history li:has-text("授予岗位")')
    const visitor = await (await browser.newContext()).newPage()
    await visitor.goto(link)
    await visitor.fill('[name=password]', staffPassword)
    await visitor.fill('[name=again]', staffPassword)
    await visitor.click('button[type=submit], form button')
    await visitor.goto(`${house.base}/desk/`)
    await enter(visitor, 'desk.xin')
    await visitor.waitForSelector('.me')
    await admin.page.reload()
    await admin.page.click('.acts button:has-text("停用")')
    await admin.page.fill('#why', '调离示例')
    await admin.page.click('form.act .primary')
    await admin.page.waitForSelector('.account .chip:has-text("已停用")')
    await visitor.reload()
    await visitor.waitForSelector('#account')
    await visitor.context().close()
    await admin.page.click('.acts button:has-text("恢复")')
    await admin.page.fill('#why', '调回示例')
    await admin.page.click('form.act .primary')
    await admin.page.waitForSelector('.history li:has-text("调回示例")')
    const past = await admin.page.textContent('.history')
    for (const words of ['开户', '授予岗位', '调离示例', '调回示例', 'post.qin', 'post.xu']) expect(past.includes(words), `${words} in ${past}`)
    await admin.context.close()
    await security.context.close()
  },

  async 'centre: a matter gets a new version by two people; what was received before keeps the old one'({ house, browser, shot }) {
    const before = await received(house, 4, '旧版示例')
    const one = await atDesk(house, browser, 'desk.huang', `/desk/centre/matters?matter=${kMatter}`)
    const two = await atDesk(house, browser, 'desk.gao', '/desk/centre/changes')
    const { page } = one
    await page.click('button:has-text("变更这个事项")')
    await page.waitForSelector('#m-promised')
    const promised = Number(await page.inputValue('#m-promised'))
    equal(await page.isDisabled('.matter-editor > .finish .primary'), true, 'nothing has changed yet')
    // What is wrong stands at its field, and the list of it leads there.
    await page.fill('#m-promised', '365')
    await page.fill('#p-copies-0', '99')
    await page.fill('#c-reason', '示例：提速')
    await page.click('button:has-text("核对")')
    await page.waitForSelector('#m-promised-error:has-text("长于法定时限")')
    await page.waitForSelector('#p-copies-0-error')
    await until(() => page.getAttribute('#p-copies-0', 'aria-invalid'), (wrong) => wrong === 'true', () => 'the field does not say that it is wrong')
    await page.click('.judged li:has-text("copies") button')
    equal(await page.evaluate(() => document.activeElement?.id), 'p-copies-0', 'the list leads to the field')
    await hold(page, 'what is wrong with a change')
    await shot(page, 'centre-matter-wrong')
    await page.fill('#p-copies-0', '1')
    await page.fill('#m-promised', String(promised - 1))
    await page.click('button:has-text("再加一份材料")')
    const last = (await page.locator('[id^="p-name-"]').count()) - 1
    await page.fill(`#p-name-${last}`, '示例补充说明')
    await page.waitForSelector('.before-sending tr:has-text("示例补充说明")')
    await page.click('.matter-editor > .finish .primary')
    await page.waitForSelector('.said:has-text("待另一人批准")')
    equal((await house.operator(`/api/casework/matters/${kMatter}`)).version, 1, 'nothing is in force by a proposal')
    await page.waitForSelector('.proposal:has-text("您提出的")')
    equal(await page.locator('.proposal button:has-text("批准")').count(), 0, 'whoever proposed does not approve')
    await hold(page, 'a change of one’s own that waits')
    // The second person.
    await two.page.reload()
    await two.page.waitForSelector('tbody tr:has-text("待您批准")')
    await hold(two.page, 'changes that wait')
    await shot(two.page, 'centre-changes')
    await two.page.click('tbody tr:has-text("desk.huang") a')
    await two.page.waitForSelector('.proposal tr:has-text("示例补充说明")')
    await hold(two.page, 'a change to approve')
    await shot(two.page, 'centre-matter-proposal')
    await two.page.click('.proposal button:has-text("批准")')
    await two.page.waitForSelector('.said:has-text("已批准")')
    const text = await two.page.textContent('.versions')
    for (const words of ['第 2 版', '现行', 'desk.huang', 'desk.gao', '示例：提速', '示例补充说明']) expect(text.includes(words), `${words} in ${text}`)
    await hold(two.page, 'versions')
    await shot(two.page, 'centre-matter-versions')
    equal((await house.operator(`/api/casework/matters/${kMatter}`)).version, 2, 'the portal shows the new version')
    equal((await house.operator(`/api/casework/cases/${before}`)).matter_version, 1, 'what was received before keeps its version')
    const after = await received(house, 5, '新版示例')
    equal((await house.operator(`/api/casework/cases/${after}`)).matter_version, 2, 'what is received now has the new one')
    // Back to what it was, as a third version, proposed by the other: nothing is taken out of the past.
    await two.page.click('.versions button:has-text("以第 1 版恢复")')
    await two.page.fill('#c-reason', '示例：恢复原样')
    await two.page.click('.matter-editor > .finish .primary')
    await two.page.waitForSelector('.said:has-text("待另一人批准")')
    await page.reload()
    await page.click('.proposal button:has-text("批准")')
    await page.waitForSelector('.versions h4:has-text("第 3 版")')
    equal((await house.operator(`/api/casework/matters/${kMatter}`)).promised.days, promised, 'the promise is as before')
    await page.selectOption('#from-version', '1')
    await page.waitForSelector('.compare:has-text("没有不同")')
    equal(one.complaints.join('\n') + two.complaints.join('\n'), '', 'what the browser complained of')
    await one.context.close()
    await two.context.close()
  },

  async 'centre: steps and words of a matter by the keyboard alone'({ house, browser, shot }) {
    const { context, page, complaints } = await atDesk(house, browser, 'desk.huang', '/desk/centre/matters?matter=SC-ZJT-0003')
    await page.click('button:has-text("变更这个事项")')
    await page.waitForSelector('.steps-of')
    const had = await page.locator('[id^="st-name-"]').count()
    await page.focus('button:has-text("再加一个环节")')
    await page.keyboard.press('Enter')
    await page.focus(`#st-name-${had}`)
    await page.keyboard.type('示例复核')
    await page.keyboard.press('Tab')
    await page.keyboard.type('fuhe')
    await page.keyboard.press('Tab')
    await page.keyboard.type('1')
    if (had > 0) {
      await page.focus(`.steps-of [data-one] >> nth=${had} >> .list-tools button >> nth=0`)
      await page.keyboard.press('Enter')
      await page.waitForFunction((n) => document.querySelector(`#st-name-${n}`)?.value === '示例复核', had - 1)
      equal(await page.evaluate(() => document.activeElement?.closest('[data-one]')?.querySelector('input')?.value), '示例复核', 'the focus went with the step')
    }
    await page.focus('button:has-text("再加一条")')
    await page.keyboard.press('Enter')
    const texts = (await page.locator('[id^="ct-wrong-"]').count()) - 1
    await page.fill(`#ct-wrong-${texts}`, '示例：没有签名')
    await page.fill(`#ct-right-${texts}`, '示例：请签名')
    await page.waitForSelector('.before-sending tr:has-text("没有签名")')
    await hold(page, 'steps and words')
    await shot(page, 'centre-matter-steps')
    equal(complaints.join('\n'), '', 'what the browser complained of')
    await context.close()
  },

  async 'centre: two who change one matter: the second is told, and keeps what was typed; a refusal and a withdrawal stay in the history'({ house, browser, shot }) {
    const one = await atDesk(house, browser, 'desk.huang', '/desk/centre/matters?matter=SC-WJW-0002')
    const two = await atDesk(house, browser, 'desk.gao', '/desk/centre/matters?matter=SC-WJW-0002')
    for (const { page } of [one, two]) {
      await page.click('button:has-text("变更这个事项")')
      await page.fill('#m-note', `示例备注 ${page === one.page ? '甲' : '乙'}`)
      await page.fill('#c-reason', '示例')
    }
    await one.page.click('.matter-editor > .finish .primary')
    await one.page.waitForSelector('.said')
    await two.page.click('.matter-editor > .finish .primary')
    await two.page.waitForSelector('.trouble:has-text("等待批准")')
    await typed(two.page, '#m-note', '示例备注 乙', 'what was typed is there')
    await two.page.reload()
    await two.page.click('.proposal button:has-text("退回")')
    await two.page.click('.proposal .primary')
    await two.page.waitForSelector('#d-reason-error')
    await two.page.fill('#d-reason', '示例：依据不足')
    await two.page.click('.proposal .primary')
    await two.page.waitForSelector('.said:has-text("已退回")')
    await says(two.page, '.pane >> nth=1', '示例：依据不足', 'why it was refused stays')
    await two.page.click('button:has-text("变更这个事项")')
    await two.page.fill('#m-note', '示例备注 乙')
    await two.page.fill('#c-reason', '示例')
    await two.page.click('.matter-editor > .finish .primary')
    await two.page.waitForSelector('.proposal')
    await two.page.click('.proposal button:has-text("撤回")')
    await two.page.fill('#d-reason', '示例：另议')
    await two.page.click('.proposal .primary')
    await two.page.waitForSelector('.said:has-text("已撤回")')
    await hold(two.page, 'what became no version')
    await shot(two.page, 'centre-matter-ended')
    const admin = await atDesk(house, browser, 'post.qin', '/desk/centre/matters?matter=SC-WJW-0002')
    await admin.page.waitForSelector('.versions li')
    equal(await admin.page.locator('button:has-text("变更这个事项")').count(), 0, 'the administrator changes accounts only')
    for (const p of [one, two, admin]) await p.context.close()
  },

  async 'centre: settings, windows, a bundle and the warning rules are changed from a day on, and their versions stay'({ house, browser, shot }) {
    const one = await atDesk(house, browser, 'desk.huang', '/desk/centre/settings')
    const two = await atDesk(house, browser, 'desk.gao', '/desk/centre/changes')
    const { page } = one
    const approve = async (path, words) => {
      await two.page.goto(house.base + path)
      await two.page.click('.proposal button:has-text("批准")')
      await two.page.waitForSelector('.said:has-text("已批准")')
      const text = await two.page.textContent('.versions')
      for (const w of words) expect(text.includes(w), `${w} in ${text}`)
    }
    const propose = async (reason) => {
      await page.fill('#c-reason', reason)
      await page.click('.matter-editor > .finish .primary')
      await page.waitForSelector('.said:has-text("待另一人批准")')
    }
    await page.click('button:has-text("变更设置")')
    await page.fill('#s-casework-correction_days', '0')
    await page.fill('#c-reason', '示例')
    await page.click('button:has-text("核对")')
    await page.waitForSelector('#s-casework-correction_days-error')
    await page.fill('#s-casework-correction_days', '12')
    await page.click('button:has-text("核对")')
    await page.waitForSelector('.judged:has-text("最早自")')
    await typed(page, '#c-since', '2024-06-25', 'what limits hang on begins tomorrow')
    await hold(page, 'changing the settings')
    await shot(page, 'centre-settings-editor')
    await propose('示例：补正的日数')
    await approve('/desk/centre/settings', ['第 2 版', '尚未启用', 'desk.huang', 'desk.gao'])
    equal((await house.operator(`/api/casework/matters/${kMatter}`)).correction_days, 10, 'today’s corrections have today’s days')

    await page.goto(`${house.base}/desk/centre/windows`)
    await page.click('button:has-text("变更窗口")')
    await page.check('.one-paper:has(#w-name-7) .check input')
    await page.click('button:has-text("再加一个窗口")')
    await page.fill('#w-name-17', '示例窗口')
    await page.fill('#w-operators-17', '示例账号')
    await hold(page, 'changing the windows')
    await shot(page, 'centre-windows-editor')
    await propose('示例：调整窗口')
    await approve('/desk/centre/windows', ['第 2 版', '现行', 'W18', '示例窗口'])
    const hall = await house.operator('/api/casework/hall')
    equal(hall.windows.some((w) => w.code === 'W08'), false, 'a closed window is not offered')
    equal(hall.windows.some((w) => w.code === 'W18'), true, 'the new one is')
    await hold(two.page, 'windows')
    await shot(two.page, 'centre-windows')

    await page.goto(`${house.base}/desk/centre/bundles?bundle=SBKJM`)
    await page.click('button:has-text("变更这件事")')
    await page.fill('#b-name', '示例社保卡服务')
    await hold(page, 'changing a bundle')
    await shot(page, 'centre-bundle-editor')
    await propose('示例：改名')
    await approve('/desk/centre/bundles?bundle=SBKJM', ['第 2 版', '现行', '示例社保卡服务'])
    equal((await house.operator('/api/onething/bundles/SBKJM')).name, '示例社保卡服务', 'the portal shows it')

    await page.goto(`${house.base}/desk/centre/warnings`)
    await page.click('button:has-text("变更监察规则")')
    await page.fill('#w-days', '99')
    await page.click('button:has-text("核对")')
    await page.waitForSelector('#w-days-error')
    await page.fill('#w-days', '2')
    await page.fill('#c-since', '2024-07-01')
    await page.waitForSelector('.before-sending tr:has-text("黄灯的工作日")')
    await hold(page, 'changing the rules')
    await propose('示例：提前提醒')
    await approve('/desk/centre/warnings', ['第 2 版', '尚未启用', '示例：提前提醒', 'desk.huang', 'desk.gao', '现行'])
    await says(two.page, '.warnings', '剩余不多于 1 个工作日', 'until then the file is in force')
    await shot(two.page, 'centre-warnings-versions')
    equal(one.complaints.join('\n') + two.complaints.join('\n'), '', 'what the browser complained of')
    await one.context.close()
    await two.context.close()
  },

  async 'centre: the audit is searched, its chain checked, and both stand in it'({ house, browser }) {
    const { context, page, complaints } = await atDesk(house, browser, 'post.he', '/desk/centre/audit')
    await page.waitForSelector('tbody tr')
    await page.fill('#audit-account', 'post.he')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => [...document.querySelectorAll('tbody tr td:nth-child(3)')].every((e) => e.textContent.trim() === 'post.he'))
    await says(page, 'tbody', 'identity.read_audit', 'looking here stands here')
    await page.click('button:has-text("核对全部记录")')
    await page.waitForSelector('.sum:has-text("没有改动")')
    await hold(page, 'the audit, checked')
    await page.click('button:has-text("查询")')
    await page.waitForSelector('tbody:has-text("identity.verify_audit")')
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("导出 CSV")')])
    expect((await file.suggestedFilename()).endsWith('.csv'), 'a file')
    await page.fill('#audit-account', 'nobody.at.all')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.empty:has-text("没有符合的记录")')
    equal(complaints.join('\n'), '', 'what the browser complained of')
    await context.close()
  },
}
