// A case at the desk, from the counter to the applicant's hand; every step by keyboard.
import { counts, equal, expect, openPage, says, typed } from './house.mjs'
import { citizenNumber, fullWidth, register } from './people.mjs'
import { answerPapers, answerPerson } from './portal_apply.mjs'
import { atDesk, hold, received } from './staff.mjs'

const stage = (page) => page.textContent('.state b')
/** Presses an act's key, fills, sends, and waits until the case says what it is now. */
async function act(page, key, fill, becomes) {
  await page.press('.case h1', key)
  await page.waitForSelector('form.act')
  await fill?.()
  await page.keyboard.press('Control+Enter')
  await page.waitForFunction((s) => document.querySelector('.state b')?.textContent === s && !document.querySelector('form.act'), becomes)
    .catch(async () => expect(false, `${key} → ${becomes}: ${await page.textContent('.case')}`))
}

export const journeys = {
  async 'desk: received with papers lacking, corrected at once, accepted, handed over, decided, issued'({ house, browser, shot }) {
    const clerk = await atDesk(house, browser, 'desk.wang')
    const page = clerk.page
    await page.waitForURL(/desk.cases/) // a clerk’s day begins there
    await page.waitForSelector('.queue')
    await page.keyboard.press('n')
    await page.waitForFunction(() => document.activeElement?.id === 'matter') // the hall's lists are there
    await page.keyboard.type('医疗机构设置')
    await page.waitForSelector('.el-select-dropdown__item.is-hovering, .el-select-dropdown__item.hover')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.paper')
    const number = citizenNumber(3)
    await page.fill('#applicant', '古丽米热•阿不都热合曼') // another keyboard’s dot
    await page.fill('#applicant_id', fullWidth(number.slice(0, 17)) + (number[17] === '1' ? '2' : '1'))
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.field.wrong #applicant_id')
    equal(await page.evaluate(() => document.activeElement?.id), 'applicant_id', 'the focus goes to what is wrong')
    await page.fill('#applicant_id', fullWidth(number))
    await page.check('#paper-0')
    await page.check('#paper-1')
    await says(page, '.closing', '必要材料还缺 2 份', 'what is lacking is said before')
    await hold(page, 'receive')
    await shot(page, 'desk-receive')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.case .said')
    equal(await stage(page), '已收件', 'the stage')
    await counts(page, '.materials .lacking', 2, 'lacking papers')
    const id = /cases\/(\d+)/.exec(page.url())[1]

    await page.press('.case h1', 'b')
    await page.waitForSelector('.defects')
    await counts(page, '.defects fieldset', 2, 'each lacking paper has its line')
    await page.click('.defects > .row button')
    await page.fill('#defect-2-wrong', '第三页没有签字')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.defects .error')
    equal(await stage(page), '已收件', 'half a defect is not sent')
    await page.fill('#defect-2-right', '由本人签字 <img src=x onerror=alert(1)>')
    await hold(page, 'correction builder')
    await shot(page, 'desk-correction')
    await page.keyboard.press('Control+Enter')
    await page.waitForFunction(() => document.querySelector('.state b')?.textContent === '待补正')
    await says(page, '.history', '<img src=x', 'markup is text')
    equal((await house.operator(`/api/casework/cases/${id}/history`)).entries.at(-1).defects.length, 3, 'defects told at once')

    await act(page, 's', () => page.click('.picker .plain'), '已收件')
    await act(page, 'a', null, '已受理')
    await page.press('.case h1', 'h')
    await page.waitForSelector('.days tbody tr')
    await says(page, '.days', '次日起算', 'the count is explained day by day')
    await page.press('.case h1', 'p')
    await page.waitForSelector('.papers')
    await hold(page, 'an accepted case with its papers')
    const paper = page.waitForResponse((r) => r.url().endsWith('/papers') && r.request().method() === 'POST')
    await page.click('.papers li:has-text("受理通知书") button >> nth=0')
    equal((await paper).status(), 201, 'printed')
    await page.waitForSelector('.papers h3')
    await shot(page, 'desk-papers')
    await clerk.context.close()

    const runner = await atDesk(house, browser, 'desk.zhao', `/desk/cases/${id}`)
    await runner.page.waitForSelector('.acts')
    equal(await runner.page.locator('.acts button:has-text("准予")').count(), 0, 'a runner decides nothing')
    await act(runner.page, 't', async () => {
      await runner.page.selectOption('select#f-window', 'W01')
      await runner.page.fill('#f-signed_by', '签收示例')
    }, '审查中')
    await runner.context.close()

    const chief = await atDesk(house, browser, 'desk.zhou', `/desk/cases/${id}`)
    await chief.page.waitForSelector('.acts')
    await shot(chief.page, 'desk-review')
    await act(chief.page, 'g', () => chief.page.click('.opinions button >> nth=0'), '准予')
    await says(chief.page, '.history', '经审查', 'the opinion stands in the case’s past')
    await act(chief.page, 'm', null, '制证完成')
    await act(chief.page, 't', async () => {
      await typed(chief.page, '#f-to', 'issue_window', 'the result goes to the issue window')
      await chief.page.selectOption('select#f-window', 'W15')
      await chief.page.fill('#f-signed_by', '孙示例')
    }, '制证完成')
    await chief.context.close()

    const issue = await atDesk(house, browser, 'desk.sun', `/desk/cases/${id}`)
    await issue.page.waitForSelector('.acts')
    await act(issue.page, 'i', () => issue.page.fill('#f-received_by', '古丽米热·阿不都热合曼'), '已颁发')
    equal((await house.operator(`/api/casework/cases/${id}`)).stage, 'issued', 'the ledger’s word')
    for (const p of [clerk, runner, chief, issue]) equal(p.complaints.join('\n'), '', 'what the browser complained of')
    await issue.context.close()
  },

  async 'desk: two clerks on one case; the second sees who did what and keeps the words'({ house, browser, shot }) {
    const id = await received(house, 4, '两人同办示例')
    const a = await atDesk(house, browser, 'desk.wang', `/desk/cases/${id}?said=${encodeURIComponent('已准予')}`)
    await a.page.waitForSelector('.acts')
    equal(await a.page.locator('.case .said').count(), 0, 'nobody’s address speaks for the program')
    const b = await atDesk(house, browser, 'desk.liu', `/desk/cases/${id}`)
    await b.page.waitForSelector('.acts')
    await b.page.press('.case h1', 'r')
    await b.page.selectOption('#f-because', 'other')
    await b.page.fill('#f-legal_basis', '示例条例第三条')
    await b.page.fill('#f-reason', '理由写得很长，不想再写一遍')
    await b.page.check('#confirmed')
    await a.page.waitForSelector('.acts')
    await act(a.page, 'a', null, '已受理')
    // Sent before the news of the first one's act is here, it is refused; after it, the form says so and cannot be sent.
    await b.page.evaluate(() => document.querySelector('form.act .button.primary').click())
    for (const words of ['受理', '王示例']) await says(b.page, '.conflict', words, 'who did what')
    await says(b.page, '.conflict', '不能再办', 'it can no longer be done')
    await typed(b.page, '#f-reason', '理由写得很长，不想再写一遍', 'what was typed')
    await hold(b.page, 'a conflict')
    await shot(b.page, 'desk-conflict')
    equal((await house.operator(`/api/casework/cases/${id}`)).version, 2, 'one act in the ledger')
    await a.context.close()
    await b.context.close()
  },

  async 'desk: the network drops; the act waits in sight, outlives a reload, and is done once'({ house, browser, shot }) {
    const id = await received(house, 4, '断网示例')
    const { context, page } = await atDesk(house, browser, 'desk.wang', `/desk/cases/${id}`)
    await page.waitForSelector('.acts')
    await page.press('.case h1', 'r')
    await page.selectOption('#f-because', 'other')
    await page.fill('#f-legal_basis', '示例条例第三条')
    await page.fill('#f-reason', '断网时写的理由')
    await page.check('#confirmed')
    await context.setOffline(true)
    await page.click('form.act .button.primary')
    await page.waitForSelector('.waits')
    await page.waitForSelector('.outbox')
    await says(page, '.outbox', '不予受理', 'unsent work is in sight')
    await hold(page, 'without a network')
    await shot(page, 'desk-offline')
    await context.setOffline(false)
    await page.waitForFunction(() => document.querySelector('.state b')?.textContent === '不予受理')
    equal(await page.locator('.outbox').count(), 0, 'nothing is left to send')
    equal((await house.operator(`/api/casework/cases/${id}/history`)).entries.filter((e) => e.fact.startsWith('casework.acceptance_refused')).length, 1, 'done once')

    // The answer is lost on its way back, and the page is reloaded: the same key makes it one act.
    const other = await received(house, 4, '答复丢失示例')
    await page.goto(`${house.base}/desk/cases/${other}`)
    await page.waitForSelector('.acts')
    let lost = 0, over = false
    await page.route('**/api/casework/accept', async (route) => {
      if (over) return route.continue()
      lost += 1
      if (lost === 1) await route.fetch()
      await route.abort()
    })
    await page.press('.case h1', 'a')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.outbox')
    page.on('dialog', (d) => void d.accept())
    over = true // the page itself tries again every five seconds
    await page.reload()
    await page.waitForSelector('.outbox .went')
    equal((await house.operator(`/api/casework/cases/${other}`)).version, 2, 'accepted once')
    await context.close()
  },

  async 'desk: the session ends in the middle of a form; signing in again in place loses nothing'({ house, browser, shot }) {
    const id = await received(house, 4, '登录过期示例')
    const { context, page } = await atDesk(house, browser, 'desk.wang', `/desk/cases/${id}`)
    await page.waitForSelector('.acts')
    await page.press('.case h1', 'r')
    await page.selectOption('#f-because', 'other')
    await page.fill('#f-legal_basis', '示例条例第三条')
    await page.fill('#f-reason', '过期以前写的理由')
    await page.check('#confirmed')
    await context.clearCookies()
    await page.dblclick('form.act .button.primary')
    await page.waitForSelector('dialog #password')
    await typed(page, 'dialog #account', 'desk.wang', 'the same account')
    equal(await page.evaluate(() => document.activeElement?.id), 'password', 'only the password is asked')
    await hold(page, 'signing in again')
    await shot(page, 'desk-sign-in-again')
    await page.fill('dialog #password', 'nine quiet counters')
    await page.press('dialog #password', 'Enter')
    await page.waitForFunction(() => document.querySelector('.state b')?.textContent === '不予受理')
    equal((await house.operator(`/api/casework/cases/${id}`)).version, 2, 'one act')
    await context.close()
  },

  async 'desk: an account is bound to its person at the window, and applies'({ house, browser, shot, note }) {
    const number = citizenNumber(61)
    const citizen = await openPage(browser)
    await register(citizen.page, house.base, 'journey.bound')
    const { context, page, complaints } = await atDesk(house, browser, 'desk.wang')
    await page.click('.doors a[href="/desk/bind"]')
    await page.waitForSelector('#bind-account')
    await page.click('form#bind .button.primary')
    await counts(page, 'form#bind .error', 3, 'account, number and what was seen are asked for')
    equal(await page.evaluate(() => document.activeElement?.id), 'bind-account', 'the focus goes to what is wrong')
    await hold(page, 'binding, with errors')
    await page.fill('#bind-account', 'Journey.Bound ')
    await page.fill('#bind-number', number.slice(0, 17) + (number[17] === '1' ? '2' : '1'))
    await page.check('#bind-seen')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.field.wrong #bind-number')
    await page.fill('#bind-number', fullWidth(number))
    expect(!(await page.isChecked('#bind-seen')), 'another number is another paper to see')
    await page.check('#bind-seen')
    await shot(page, 'desk-bind')
    // The answer is lost on its way back: the page does not say that nothing was done, and pressed again it is done once.
    let turns = 0
    let lost = true
    await page.route('**/api/identity/bind_applicant', async (route) => {
      if (!lost) return route.continue()
      turns += 1
      await route.fetch()
      await route.abort()
    })
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.trouble')
    await says(page, '.trouble', '不知道有没有绑定成功', 'it is not known')
    equal(await page.evaluate(() => Object.values(sessionStorage).join()).then((kept) => kept.includes('5101')), false, 'no number is kept in the browser')
    if (turns > 1) note(`asked ${turns} times while the answers were lost`) // once is what a person asked for
    lost = false
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.said')
    const said = await page.textContent('.said')
    expect(said.includes('journey.bound') && said.includes(number.slice(-4)) && !said.includes(number), `the number is masked: ${said}`)
    equal(await page.inputValue('#bind-number'), '', 'the next one begins empty')
    await hold(page, 'bound')
    // Once and for good.
    await page.fill('#bind-account', 'journey.bound')
    await page.fill('#bind-number', citizenNumber(62))
    await page.check('#bind-seen')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.trouble')
    await says(page, '.trouble', '已经实名绑定', 'a bound account is bound to no other')
    equal(complaints.join('\n'), '', 'complaints')
    await context.close()

    await answerPerson(citizen.page, house.base, { name: '绑定示例', number, phone: '13900000061' })
    await answerPapers(citizen.page)
    await citizen.page.waitForSelector('.answers')
    await citizen.page.click('.actions .primary')
    await citizen.page.waitForSelector('.slip')
    await citizen.context.close()
  },

  async 'desk: the way to the state of a case is shown, printed by itself, and opens for whoever holds it'({ house, browser, shot }) {
    const id = await received(house, 2, '状态页示例诊所')
    const { context, page, complaints } = await atDesk(house, browser, 'desk.wang', `/desk/cases/${id}?stage=received`)
    await page.waitForSelector('.case h1')
    await page.press('.case h1', 'p')
    await page.click('.papers button:has-text("显示网址和二维码")')
    await page.waitForSelector('#status-link')
    const address = new URL(await page.inputValue('#status-link'))
    expect(/^\/receipts\/\d+[0-9A-Z]$/.test(address.pathname) && /^\?k=[0-9a-f]{16}$/.test(address.search), `${address}`)
    equal(await page.evaluate(() => document.activeElement?.id), 'status-link', 'selected, to be copied')
    await page.waitForFunction(() => document.querySelector('.status-slip img')?.naturalWidth > 0) // the QR code is drawn
    await hold(page, 'the way to the state')
    await shot(page, 'desk-status-link')
    await page.evaluate(() => (window.print = () => (document.title = document.querySelector('.printed-one')?.className ?? 'nothing')))
    await page.click('.status-slip button:has-text("打印")')
    await page.waitForFunction(() => document.querySelector('.printed-one') && document.documentElement.classList.contains('prints-one'))
    expect((await page.title()).includes('status-slip'), 'the slip alone is printed')
    await page.emulateMedia({ media: 'print' })
    expect(!(await page.locator('.papers h2').isVisible()), 'what is around it is not')
    expect(await page.locator('.printed-one .print-only').isVisible(), 'the address is')
    expect(await page.locator('.printed-one img').evaluate((e) => e.complete && e.naturalWidth > 0), 'with its QR code')
    await page.emulateMedia({ media: null })
    const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g)?.length
    equal(sheets, 1, 'on one sheet')
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    equal(await page.locator('.printed-one').count(), 0, 'and the page is as it was')
    equal(complaints.join('\n'), '', 'what the browser complained of')
    await context.close()
    const citizen = await openPage(browser)
    await citizen.page.goto(house.base + address.pathname + address.search)
    await citizen.page.waitForSelector('h1:has-text("办理状态")')
    expect(!(await citizen.page.textContent('body')).includes('状态页示例诊所'), 'the page names no applicant')
    await citizen.context.close()
  },

  async 'desk: a stranger and an applicant see no work'({ house, browser }) {
    const { context, page } = await openPage(browser)
    await page.goto(`${house.base}/desk/cases`)
    await page.waitForSelector('.arrival #account')
    equal(await page.locator('.queue').count(), 0, 'no list')
    await hold(page, 'arrival')
    await context.close()
  },
}
