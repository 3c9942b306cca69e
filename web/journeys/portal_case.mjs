// Waiting for a case: progress, pauses, the correction of everything at once, the end and the rating; with the hall at work behind it.
import { counts, equal, expect, hold, holdElder, intercept, openPage, says, typed } from './house.mjs'
import { answerPapers, answerPerson, kMatter } from './portal_apply.mjs'
import { bind, citizenNumber, pdf, register } from './people.mjs'

// The stream of news keeps the network busy: there is no idle to wait for.
async function settled(page) {
  await page.waitForFunction(() => document.querySelector('main h1') && !document.querySelector('main [aria-busy=true]'))
  await page.waitForTimeout(400)
}

export const journeys = {
  async 'a case: sent back with everything at once, corrected, taken in, paused, decided, issued, rated'({ house, browser, shot }) {
    const { context, page, complaints } = await openPage(browser)
    const number = citizenNumber(7)
    await register(page, house.base, 'journey.seven')
    await bind(house, 'journey.seven', number)
    await answerPerson(page, house.base, { name: '欧阳示例', number, phone: '13900000007' })
    await answerPapers(page)
    await page.waitForSelector('.answers')
    await page.click('.actions .primary')
    await page.waitForSelector('.slip')
    await settled(page)
    const id = /cases\/(\d+)/.exec(page.url())[1]
    const matter = await house.operator(`/api/casework/matters/${kMatter}`)
    const names = matter.materials.filter((p) => p.provider !== 'government').map((p) => p.name)
    const open = async (more = '') => {
      await page.goto(`${house.base}/my/cases/${id}${more}`)
      await page.waitForSelector('main h1')
      await settled(page)
    }

    await open()
    const first = await page.textContent('.now')
    expect(first.includes('剩 5 个工作日') && first.includes('受理窗口'), `the next actor and the days left: ${first}`)
    await hold(page, 'progress')
    await shot(page, 'case')

    await house.operator('/api/casework/request_correction', { case_id: id, defects: names.map((material, i) => ({ material, wrong: `第${i + 1}页没有签字 <img src=x onerror=alert(1)>`, right: '由本人签字' })) })
    await open()
    await says(page, '.now', '您', 'the next actor is the applicant')
    await shot(page, 'case-correction')
    await page.click('.now .primary')
    await page.waitForSelector('.defects')
    await counts(page, '.defects > li', 2, 'defects, all at once')
    await says(page, '.defects', '<img src=x', 'markup is text')
    await hold(page, 'correction')
    await shot(page, 'correct')
    await page.click('form.ask .primary')
    await page.waitForSelector('.trouble')
    await counts(page, '.trouble li', 2, 'each missing file is told')
    for (let i = 1; i <= 2; ++i) {
      await page.setInputFiles(`#paper-${i}`, pdf(`补正${i}.pdf`))
      await page.waitForSelector(`.defects > li:nth-child(${i}) .have`)
    }
    await page.dblclick('form.ask .primary')
    await page.waitForURL(`**/my/cases/${id}`).catch(async () => expect(false, `the correction: ${await page.textContent('main')}`))

    // The desk's version of a case moves on while somebody types: the page says so, and keeps what was written.
    await open('/withdraw')
    await page.fill('#reason', '改天再办')
    await house.operator('/api/casework/take_in', { case_id: id, window: 'W01' })
    await page.click('form.ask .weighty')
    await page.waitForSelector('.trouble')
    await typed(page, '#reason', '改天再办', 'what was written')
    await page.reload()
    await page.waitForFunction(() => document.querySelector('#reason')?.value === '改天再办').catch(async () => expect(false, `after a reload: ${await page.textContent('main')}`))
    await house.operator('/api/casework/accept', { case_id: id, window: 'W01' })
    await page.click('form.ask .weighty')
    await page.click('.trouble button:has-text("重新读取")')
    await page.waitForSelector('form.ask .notice[role=status]')
    await typed(page, '#reason', '改天再办', 'what was written, after the case was read again')
    await page.fill('#reason', '') // and then they do not withdraw it

    await house.operator('/api/casework/transfer', { case_id: id, window: 'W01', to: 'department', signed_by: '承办某' })
    await open()
    await says(page, '.now', '公积金', 'the department acts next')
    await says(page, '.side', '承诺', 'the promise is counted')
    await hold(page, 'progress in review')
    await shot(page, 'case-review')

    await house.operator('/api/casework/decide', { case_id: id, decision: 'grant', reason: '符合条件', certificate_number: 'GJJ-2024-1' })
    await house.operator('/api/casework/transfer', { case_id: id, window: 'W01', to: 'issue_window', signed_by: '出件某' }).catch(() => {})
    await open()
    const acts = (await house.operator(`/api/casework/cases/${id}`)).allowed_acts
    if (acts.includes('close')) await house.operator('/api/casework/close', { case_id: id })
    await open()
    if (!(await page.locator('.now .primary').count())) await house.operator('/api/casework/issue', { case_id: id, window: 'W13', delivery: 'window', received_by: '欧阳示例' })
    await open('/evaluate')
    await page.click('form.ask .primary')
    await page.waitForSelector('.trouble')
    await counts(page, '.choice', 5, 'levels')
    await page.check('#level-5')
    await says(page, 'form.ask', '哪里不满意', 'a bad rating is asked why')
    await page.check('#level-1')
    await page.fill('#comment', '<b>很快</b>')
    await hold(page, 'rating')
    await shot(page, 'evaluate')
    await page.dblclick('form.ask .primary')
    await page.waitForFunction(() => document.querySelector('h1')?.textContent?.includes('已经记下'))
    equal((await house.operator(`/api/casework/cases/${id}`)).evaluated, true, 'rated')
    await open('/evaluate')
    await says(page, 'h1', '已经记下', 'one rating a case')

    for (const [look, viewport] of [['desk', { width: 1366, height: 768 }], ['hand', { width: 390, height: 844 }]]) {
      await page.setViewportSize(viewport)
      for (const more of ['', '/receipt', '/correct', '/evaluate', '/withdraw']) {
        await page.goto(`${house.base}/my/cases/${id}${more}?elder=1`)
        await page.waitForSelector('main h1')
        await settled(page)
        await hold(page, `elder ${look} ${more}`)
        await holdElder(page, `elder ${look} ${more}`)
        await counts(page, '.help', 1, `where help is: ${look} ${more}`)
        await shot(page, `case-elder-${look}${more.replace('/', '-')}`)
      }
      await page.goto(`${house.base}/my?elder=1`)
      await page.waitForSelector('.rows')
      await hold(page, `elder ${look} my`)
      await holdElder(page, `elder ${look} my`)
      await shot(page, `my-elder-${look}`)
    }
    equal(complaints.join('\n'), '', 'complaints')
    await context.close()
  },

  async 'a correction of the whole application: what is sent anew is chosen; a file that cannot be filed loses nothing'({ house, browser, shot }) {
    const { context, page, complaints } = await openPage(browser)
    const number = citizenNumber(17)
    await register(page, house.base, 'journey.seventeen')
    await bind(house, 'journey.seventeen', number)
    const matter = await house.operator(`/api/casework/matters/${kMatter}`)
    const names = matter.materials.filter((p) => p.provider !== 'government').map((p) => p.name)
    const sent = await house.operator('/api/casework/receive', { matter: kMatter, applicant_kind: 'natural', applicant: '欧阳示例', applicant_id: number, phone: '13900000017', materials: names, window: 'W01' })
    const id = sent.stream.replace('case:', '')
    await house.operator('/api/casework/request_correction', { case_id: id, version: 1, window: 'W01', defects: [{ material: '', wrong: '申请书和身份证的姓名不一致', right: '按身份证改写' }, { material: names[0], wrong: '没有签字', right: '由本人签字' }] })
    await page.goto(`${house.base}/my/cases/${id}/correct`)
    await page.waitForSelector('.defects > li')
    await counts(page, '.defects > li', 1, 'a file for each material, none for the whole')
    await says(page, '.whole', '姓名不一致', 'what is wrong with the whole')
    await says(page, '.notice', '共 2 项', 'both are counted')
    await page.selectOption('#anew', names[1])
    await page.waitForSelector('#paper-2')
    await hold(page, 'a correction of the whole')
    await shot(page, 'correct-whole')
    for (let i = 1; i <= 2; ++i) {
      await page.setInputFiles(`#paper-${i}`, pdf(`改好${i}.pdf`))
      await page.waitForSelector(`.defects > li:nth-child(${i}) .have`)
    }
    // The second file does not arrive: nothing is handed in by half, and the first is not filed twice.
    const filing = '**/api/casework/cases/*/files'
    let turns = 0
    await intercept(page, filing, (route) => (route.request().method() === 'POST' && (turns += 1) === 2 ? route.abort() : route.continue()))
    await page.click('form.ask .primary')
    await page.waitForSelector(`.trouble:has-text("${names[1]}")`)
    await counts(page, '.have', 2, 'both files are still there')
    equal((await house.operator(`/api/casework/cases/${id}`)).stage, 'correction', 'nothing is handed in')
    await page.click('form.ask .primary')
    await page.waitForURL(`**/my/cases/${id}`)
    const after = await house.behind(`/api/casework/cases/${id}`)
    equal(after.stage, 'received', 'handed in')
    equal(after.files.map((f) => f.material_name).sort().join(), [names[0], names[1]].sort().join(), 'each file once')
    await page.unroute(filing)

    // Nothing but the whole: without a material there is nothing to hand in, and the page says so.
    await house.operator('/api/casework/request_correction', { case_id: id, window: 'W01', second_reason: '又发现一处', defects: [{ material: '', wrong: '地址写错了', right: '按房产证改写' }] })
    await page.goto(`${house.base}/my/cases/${id}/correct`)
    await page.waitForSelector('#anew')
    await page.click('form.ask .primary')
    await page.waitForSelector('.trouble a[href="#anew"]')
    await page.selectOption('#anew', names[0])
    await page.setInputFiles('#paper-1', pdf('申请书.pdf'))
    await page.waitForSelector('.have')
    await page.click('form.ask .primary')
    await page.waitForURL(`**/my/cases/${id}`)
    equal((await house.operator(`/api/casework/cases/${id}`)).stage, 'received', 'handed in again')
    equal(complaints.join('\n'), '', 'complaints')
    await context.close()
  },

  async 'a special procedure: the clock stands still, and says why'({ house, browser, shot }) {
    const { context, page } = await openPage(browser)
    const number = citizenNumber(8)
    await register(page, house.base, 'journey.eight')
    await bind(house, 'journey.eight', number)
    const matters = (await house.operator('/api/casework/matters')).matters.filter((m) => m.kind === 'permit' && m.case_type === 'promised' && m.audience.includes(1))
    let chosen
    for (const m of matters) {
      const view = await house.operator(`/api/casework/matters/${m.code}`)
      const government = view.procedures?.[0]
      if (government) {
        chosen = { view, kind: government.kind }
        break
      }
    }
    expect(chosen, 'a permit for persons with a special procedure')
    const materials = chosen.view.materials.filter((p) => p.required && p.provider !== 'government').map((p) => p.name)
    const sent = await house.operator('/api/casework/receive', { matter: chosen.view.code, applicant_kind: 'natural', applicant: '听证某', applicant_id: number, phone: '13900000008', materials, window: 'W01' })
    const id = sent.stream.replace('case:', '')
    await house.operator('/api/casework/accept', { case_id: id, window: 'W01' })
    await house.operator('/api/casework/transfer', { case_id: id, window: 'W01', to: 'department', signed_by: '承办某' })
    await house.operator('/api/casework/suspend', { case_id: id, kind: chosen.kind, reason: '需要专门程序', approver: '负责某', planned_end: '2024-07-20' })
    await page.goto(`${house.base}/my?number=${(await house.operator(`/api/casework/cases/${id}`)).number}`)
    await page.waitForSelector('.now.paused')
    const now = await page.textContent('.now')
    expect(now.includes('‖') && now.includes('已暂停') && now.includes('2024年7月20日'), `the pause: ${now}`)
    await hold(page, 'a paused case')
    await shot(page, 'case-paused')
    await context.close()
  },

  async 'the session ends while somebody writes: signed in beside it, the page goes on'({ house, browser }) {
    const { context, page } = await openPage(browser)
    const number = citizenNumber(11)
    await register(page, house.base, 'journey.eleven')
    await bind(house, 'journey.eleven', number)
    await answerPerson(page, house.base, { name: '过期某', number, phone: '13900000011' })
    await answerPapers(page)
    await page.waitForSelector('.answers')
    await page.click('.actions .primary')
    await page.waitForSelector('.slip')
    const id = /cases\/(\d+)/.exec(page.url())[1]
    await page.goto(`${house.base}/my/cases/${id}/withdraw`)
    await page.fill('#reason', '不办了')
    await context.clearCookies()
    await page.click('form.ask .weighty')
    await page.waitForSelector('.trouble')
    await hold(page, 'signed out while writing')
    const [beside] = await Promise.all([context.waitForEvent('page'), page.click('.trouble a')])
    const heard = page.waitForResponse((r) => r.url().endsWith('/api/identity/me') && r.ok())
    await beside.fill('#account', 'journey.eleven')
    await beside.fill('#password', 'seven quiet windows')
    await beside.click('form.ask button')
    await beside.waitForURL(`${house.base}/my`)
    await beside.close()
    await heard
    await typed(page, '#reason', '不办了', 'what was written')
    // It is done and its answer is lost: the page does not say that nothing was done, and pressed again it is done once.
    let turns = 0
    await intercept(page, '**/api/casework/withdraw', async (route) => {
      turns += 1
      if (turns > 1) return route.continue()
      await route.fetch()
      await route.abort()
    })
    await page.click('form.ask .weighty')
    await page.waitForSelector('.trouble:has-text("不知道有没有送到")')
    await page.click('form.ask .weighty')
    await page.waitForURL(`${house.base}/my/cases/${id}`)
    equal((await house.operator(`/api/casework/cases/${id}`)).stage, 'withdrawn', 'the case')
    equal(await page.evaluate(() => Object.keys(sessionStorage).filter((k) => k.includes('portal.form')).length), 0, 'what was written is not kept on')
    await page.goto(`${house.base}/my/cases/${id}/withdraw`)
    await page.waitForSelector('.notice:has-text("已经撤回")')
    await context.close()
  },

  async 'what is somebody else’s is not there; signing out takes the drafts along'({ house, browser }) {
    const { context, page } = await openPage(browser)
    await register(page, house.base, 'journey.nine')
    await page.goto(`${house.base}/my/cases/20240624000001`)
    await page.waitForSelector('.trouble')
    await says(page, 'h1', '没有找到', 'not found')
    await hold(page, 'a case of somebody else')
    await page.goto(`${house.base}/apply/${kMatter}/name`)
    await page.fill('#name', '公用电脑')
    await page.goto(`${house.base}/my`)
    await page.click('.who button')
    await page.waitForURL(`${house.base}/`)
    equal(await page.evaluate(() => Object.keys(localStorage).filter((k) => k.includes('draft')).length), 0, 'drafts after signing out')
    await context.close()
  },

  async 'a way back that leads elsewhere is not taken'({ house, browser }) {
    const { context, page } = await openPage(browser)
    await page.goto(`${house.base}/account/register?to=${encodeURIComponent('//evil.example/x')}`)
    await page.fill('#account', 'journey.ten')
    await page.fill('#password', 'seven quiet windows')
    await page.fill('#again', 'seven quiet windows')
    await page.click('form.ask button')
    await page.waitForURL(`${house.base}/my`)
    await context.close()
  },
}
