// The demonstration: the walk that the README tells, by its own accounts alone; every desk has work; and a real centre knows nothing of it.
import { readFile } from 'node:fs/promises'
import { counts, equal, expect, hold as holdPage, holdElder, openPage } from './house.mjs'
import { pdf } from './people.mjs'
import { hold } from './staff.mjs'

const kWalk = 'SC-WJW-0001' // four papers, all of them the applicant's to bring
const citizen = { account: 'demo.citizen', name: '林晓示例', number: '510199199510068020', phone: '13900000001' }

/** Becomes somebody, by the band that stands above every page. */
async function become(page, account) {
  await page.click('.demonstration summary')
  const button = `.demonstration [data-account="${account}"]`
  await page.evaluate(() => (window.notLeft = true))
  await page.click(button)
  // A form that was begun is asked about once.
  void page.waitForSelector('.demonstration [role=alert]', { timeout: 1500 }).then(() => page.click(button)).catch(() => {})
  await page.waitForFunction(() => !window.notLeft) // another document, not a step within this one
  await page.waitForSelector('.demonstration summary')
}
async function answer(page, selector, value) {
  const before = page.url()
  await page.waitForSelector(selector, { state: 'attached' })
  if (value === true) await page.check(selector)
  else await page.fill(selector, value)
  await page.click('form.ask .button.primary')
  await page.waitForFunction((b) => location.href !== b, before)
}
async function openCase(page, number) {
  await page.waitForSelector('.me')
  await page.fill('#search', number)
  await page.press('#search', 'Enter')
  await page.waitForSelector('.acts')
}
/** Does an act by its button, and waits until the case says what it is now. */
async function act(page, word, becomes, fill) {
  await page.click(`.acts button:has-text("${word}")`)
  await page.waitForSelector('form.act')
  await fill?.()
  await page.click('form.act .button.primary')
  await page.waitForFunction((s) => document.querySelector('.state b')?.textContent === s && !document.querySelector('form.act'), becomes)
    .catch(async () => expect(false, `${word} → ${becomes}: ${await page.textContent('.case')}`))
}
const handOver = (page, window, to) => async () => {
  await page.selectOption('select#f-window', window)
  await page.fill('#f-signed_by', to)
}

export const journeys = {
  async 'demonstration: portal → receive → correct → accept → transfer → decide → issue → evaluate, by its own accounts'({ house, browser, shot, note }) {
    const begin = Date.now()
    const { context, page, complaints } = await openPage(browser)
    // A citizen comes by the sign-in page of the portal.
    await page.goto(`${house.base}/account/sign-in?to=/apply/${kWalk}/kind`)
    await page.click(`.demonstration-offer [data-account="${citizen.account}"]`)
    await answer(page, '#kind-1', true)
    await answer(page, '#acting-1', true)
    await answer(page, '#name', citizen.name)
    await answer(page, '#number', citizen.number)
    await answer(page, '#phone', citizen.phone)
    await answer(page, '#address', '示例路1号')
    for (let i = 1; i <= 3; ++i) {
      await page.waitForURL(`**/m-${i}`)
      await page.setInputFiles('#paper', pdf(`材料${i}.pdf`))
      await page.waitForSelector('.file .have')
      const before = page.url()
      await page.click('form.ask .button.primary')
      await page.waitForFunction((b) => location.href !== b, before)
    }
    await answer(page, '#how-later', true)
    await page.waitForSelector('.answers')
    await page.click('.actions .primary')
    await page.waitForSelector('.slip')
    const number = (await page.textContent('.slip .big')).trim()
    const id = /cases\/(\d+)/.exec(page.url())[1]
    await shot(page, 'demo-receipt')

    await become(page, 'demo.clerk')
    await openCase(page, number)
    await act(page, '预审通过', '待接件')
    await act(page, '接件', '已收件')
    await act(page, '一次告知补正', '待补正')
    await shot(page, 'demo-correction-told')

    await become(page, citizen.account)
    await page.click(`a[href="/my/cases/${id}/correct"]`)
    await page.waitForSelector('.defects')
    await counts(page, '.defects > li', 1, 'the one paper that was missing')
    await page.setInputFiles('#paper-1', pdf('平面图.pdf'))
    await page.waitForSelector('.defects .have')
    await page.click('form.ask .primary')
    await page.waitForURL(`**/my/cases/${id}`)

    await become(page, 'demo.clerk')
    await openCase(page, number)
    await act(page, '受理', '已受理')
    await act(page, '流转交接', '审查中', handOver(page, 'W01', '陈宁示例'))

    await become(page, 'demo.chief')
    await openCase(page, number)
    await act(page, '准予', '准予', () => page.click('.opinions button >> nth=0'))
    await act(page, '制证', '制证完成')
    await act(page, '流转交接', '制证完成', handOver(page, 'W15', '孙悦示例'))

    await become(page, 'demo.issue')
    await openCase(page, number)
    await act(page, '颁发', '已颁发', () => page.fill('#f-received_by', citizen.name))
    await shot(page, 'demo-issued')

    await become(page, citizen.account)
    await page.goto(`${house.base}/my/cases/${id}/evaluate`)
    await page.waitForSelector('.choice')
    await page.check('#level-1')
    await page.click('form.ask .primary')
    await page.waitForFunction(() => document.querySelector('h1')?.textContent?.includes('已经记下'))
    note(`the whole walk by a machine: ${((Date.now() - begin) / 1000).toFixed(1)} s`)
    const entries = (await house.operator(`/api/casework/cases/${id}/history`)).entries.map((e) => e.fact.split('/')[0])
    for (const fact of ['submitted', 'correction_requested', 'accepted', 'transferred', 'decided', 'issued', 'evaluated']) expect(entries.includes(`casework.${fact}`), `the ledger has ${fact}: ${entries}`)
    equal(complaints.join('\n'), '', 'complaints')
    await context.close()
  },

  async 'demonstration: Monday at nine, and work waits on every desk'({ house, browser, shot }) {
    const health = await house.operator('/api/health')
    expect(health.now.startsWith('2024-06-24T09:'), `its clock: ${health.now}`)
    const { context, page, complaints } = await openPage(browser)
    for (const [account, path, ready] of [
      ['demo.clerk', '/desk/cases?stage=received', '.line'],
      ['demo.clerk', '/desk/receive', 'details:has-text("暂存的收件（2）")'],
      ['demo.clerk', '/desk/questions', '.questions li'],
      ['demo.runner', '/desk/cases?stage=accepted', '.line'],
      ['demo.handler', '/desk/cases?stage=in_review&light=red', '.line'],
      ['demo.handler', '/desk/cases?stage=in_review&light=yellow', '.line'],
      ['demo.handler', '/desk/cases?stage=suspended', '.line'],
      ['demo.handler', '/desk/cases?stage=correction_in_review', '.line'],
      ['demo.chief', '/desk/cases?stage=granted', '.line'],
      ['demo.market', '/desk/cases?stage=in_review', '.line'],
      ['demo.issue', '/desk/cases?stage=certificate_made', '.line'],
      ['demo.supervisor', '/desk/supervise', '.sum.good'],
      ['demo.supervisor', '/desk/negatives', '.questions li'],
      ['demo.citizen', '/my', '.case'],
      ['demo.enterprise', '/my', '.case'],
    ]) {
      await page.goto(`${house.base}${path.startsWith('/desk') ? '/desk/' : '/my'}`)
      await page.waitForSelector('.demonstration summary')
      const me = await page.evaluate(async () => { const r = await fetch('/api/identity/me'); return r.ok ? (await r.json()).account : '' })
      if (me !== account) await become(page, account)
      await page.goto(house.base + path)
      await page.waitForSelector(ready).catch(() => expect(false, `${account} has nothing to do at ${path}`))
      await shot(page, `demo-${account.slice(5)}-${path.replace(/\W+/g, '-')}`)
    }
    await page.goto(`${house.base}/my`)
    equal(complaints.join('\n'), '', 'complaints')
    await context.close()
  },

  async 'demonstration: marked on every page, offered at every sign-in, without a barrier'({ house, browser, shot }) {
    for (const path of ['/login', '/week', '/set-password?code=' + '0'.repeat(64)]) {
      const text = await (await fetch(house.base + path)).text()
      expect(text.includes('演示环境'), `${path} says that it is a demonstration`)
    }
    for (const [look, options, query] of [['normal', {}, ''], ['elder', {}, '?elder=1'], ['english', {}, '?lang=en'], ['hand', { viewport: { width: 390, height: 844 }, hasTouch: true }, '']]) {
      const { context, page, complaints } = await openPage(browser, options)
      for (const [name, path] of [['portal', '/account/sign-in'], ['desk', '/desk/']]) {
        await page.goto(house.base + path + query)
        await page.waitForSelector('.demonstration-offer [data-account]')
        await page.waitForSelector('.demonstration summary')
        const check = async (what) => {
          await (name === 'desk' ? hold : holdPage)(page, `${name} ${what} (${look})`)
          if (look === 'elder') await holdElder(page, `${name} ${what} (${look})`)
        }
        await check('sign-in')
        await shot(page, `demo-sign-in-${name}-${look}`)
        await page.click('.demonstration summary')
        await page.waitForSelector('.sheet-of-accounts [data-account]')
        await check('the band opened')
        await shot(page, `demo-band-${name}-${look}`)
        await page.keyboard.press('Escape')
        await page.waitForSelector('.sheet-of-accounts', { state: 'detached' })
      }
      equal(complaints.join('\n'), '', 'complaints')
      await context.close()
    }
  },

  async 'demonstration: a real centre has neither band nor accounts nor their door'({ real, browser }) {
    const centre = await real()
    for (const method of ['GET', 'POST']) {
      const r = await fetch(`${centre.base}/api/identity/demonstration`, { method, ...(method === 'POST' ? { headers: { 'content-type': 'application/json', origin: centre.base }, body: '{"account":"demo.clerk"}' } : {}) })
      equal(r.status, 404, `${method} of the door`)
      equal(r.headers.get('set-cookie'), null, 'a cookie')
    }
    const { context, page } = await openPage(browser)
    const asked = []
    page.on('request', (r) => asked.push(r.url()))
    for (const path of ['/', '/account/sign-in', '/desk/']) {
      await page.goto(centre.base + path, { waitUntil: 'networkidle' })
      equal(await page.locator('.demonstration, .demonstration-offer').count(), 0, `${path} offers nothing`)
    }
    expect(!asked.some((u) => /demonstration/i.test(u)), 'nothing of it is fetched')
    for (const path of ['/login', '/']) expect(!(await (await fetch(centre.base + path)).text()).includes('演示环境'), `${path} does not say demonstration`)
    await context.close()
  },

  async 'demonstration: the README tells this walk'() {
    for (const [file, words] of [['README.md', ['demo.citizen', 'demo.clerk', 'demo.chief', 'demo.issue']], ['README.zh-CN.md', ['预审通过', '一次告知补正', '流转交接', '颁发']]]) {
      const text = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8')
      for (const w of words) expect(text.includes(w), `${file} names ${w}`)
    }
  },
}
