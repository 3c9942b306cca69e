// A case at the desk, from the counter to the applicant's hand; every step by keyboard.
import { equal, expect, openPage } from './house.mjs'
import { citizenNumber, fullWidth } from './people.mjs'
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
    await page.waitForSelector('#matter')
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
    expect((await page.textContent('.closing')).includes('必要材料还缺 2 份'), 'what is lacking is said before')
    await hold(page, 'receive')
    await shot(page, 'desk-receive')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.case .said')
    equal(await stage(page), '已收件', 'the stage')
    equal(await page.locator('.materials .lacking').count(), 2, 'lacking papers')
    const id = /cases\/(\d+)/.exec(page.url())[1]

    await page.press('.case h1', 'b')
    await page.waitForSelector('.defects')
    equal(await page.locator('.defects fieldset').count(), 2, 'each lacking paper has its line')
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
    expect((await page.textContent('.history')).includes('<img src=x'), 'markup is text')
    equal((await house.operator(`/api/casework/cases/${id}/history`)).entries.at(-1).defects.length, 3, 'defects told at once')

    await act(page, 's', () => page.click('.picker .plain'), '已收件')
    await act(page, 'a', null, '已受理')
    await page.press('.case h1', 'h')
    await page.waitForSelector('.days tbody tr')
    expect((await page.textContent('.days')).includes('次日起算'), 'the count is explained day by day')
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
    expect((await chief.page.textContent('.history')).includes('经审查'), 'the opinion stands in the case’s past')
    await act(chief.page, 'm', null, '制证完成')
    await act(chief.page, 't', async () => {
      equal(await chief.page.inputValue('#f-to'), 'issue_window', 'the result goes to the issue window')
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
    const a = await atDesk(house, browser, 'desk.wang', `/desk/cases/${id}`)
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
    await b.page.waitForSelector('.conflict')
    const told = await b.page.textContent('.conflict')
    expect(told.includes('受理') && told.includes('王示例'), `who did what: ${told}`)
    expect(told.includes('不能再办'), `it can no longer be done: ${told}`)
    equal(await b.page.inputValue('#f-reason'), '理由写得很长，不想再写一遍', 'what was typed')
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
    expect((await page.textContent('.outbox')).includes('不予受理'), 'unsent work is in sight')
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
    let lost = 0
    await page.route('**/api/casework/accept', async (route) => {
      lost += 1
      if (lost === 1) await route.fetch()
      await route.abort()
    })
    await page.press('.case h1', 'a')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.outbox')
    await page.unroute('**/api/casework/accept')
    page.on('dialog', (d) => void d.accept())
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
    equal(await page.inputValue('dialog #account'), 'desk.wang', 'the same account')
    equal(await page.evaluate(() => document.activeElement?.id), 'password', 'only the password is asked')
    await hold(page, 'signing in again')
    await shot(page, 'desk-sign-in-again')
    await page.fill('dialog #password', 'nine quiet counters')
    await page.press('dialog #password', 'Enter')
    await page.waitForFunction(() => document.querySelector('.state b')?.textContent === '不予受理')
    equal((await house.operator(`/api/casework/cases/${id}`)).version, 2, 'one act')
    await context.close()
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
