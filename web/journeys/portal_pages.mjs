// Every page that a stranger sees, in both modes, both languages, on a desk and in a hand.
import { counts, equal, expect, hold, holdElder, openPage, says } from './house.mjs'

const pages = [
  ['home', '/', 'h1'],
  ['matters', '/matters', '.rows'],
  ['matters-stages', '/matters?for=person&by=stage', '.group h2:has-text("就业")'],
  ['matters-stage', '/matters?for=body&stage=%E5%B7%A5%E7%A8%8B%E5%BB%BA%E8%AE%BE', '.rows'],
  ['matters-none', '/matters?q=%E9%A3%9E%E7%A2%9F', '.empty'],
  ['matter', '/matters/SC-SFT-0003', '.guide'],
  ['bundle', '/bundles/QYXXBG', '.members'],
  ['sign-in', '/account/sign-in', 'form.ask'],
  ['register', '/account/register', 'form.ask'],
  ['my', '/my', 'h1'],
  ['tasks', '/apply/SC-SFT-0003', '.tasks'],
  ['question', '/apply/SC-SFT-0003/number', '#number'],
  ['paper', '/apply/SC-SFT-0003/m-2', '.choice'],
  ['check', '/apply/SC-SFT-0003/check', '.answers'],
  ['unknown', '/matters/SC-NONE-0001', '.trouble'],
]

export const journeys = {
  async 'every page of a stranger: no barrier, in both modes, languages and sizes'({ house, browser, shot }) {
    for (const [look, options, query] of [
      ['normal', {}, ''],
      ['elder', {}, 'elder=1'],
      ['hand', { viewport: { width: 390, height: 844 }, hasTouch: true }, ''],
      ['hand-elder', { viewport: { width: 390, height: 844 }, hasTouch: true }, 'elder=1'],
      ['english', {}, 'lang=en'],
      ['zoom', { viewport: { width: 683, height: 384 } }, ''], // 1366×768 at 200 %
    ]) {
      const { context, page, complaints } = await openPage(browser, options)
      for (const [name, path, ready] of pages) {
        await page.goto(house.base + path + (query ? (path.includes('?') ? '&' : '?') + query : ''))
        await page.waitForSelector(ready)
        if (name === 'home' && look.includes('elder')) {
          // Few ways first; each of the two states is asked about.
          await page.waitForSelector('.few .help')
          await counts(page, '.few > *', 4, 'ways in elder mode')
          equal(await page.locator('.figures, #q').count(), 0, 'the rest waits')
          await hold(page, `${name}-few (${look})`, { axe: look === 'elder' })
          await holdElder(page, `${name}-few (${look})`)
          await shot(page, `${name}-few-${look}`)
          await counts(page, '.few #number', 1, 'where the number is entered')
          await page.click('.more [aria-expanded=false]')
        }
        if (name === 'home') await page.waitForSelector('.figures')
        await page.waitForFunction(() => document.querySelector('.foot .facts'))
        if (look.includes('elder')) await counts(page, '.help', 1, `where help is: ${name} (${look})`)
        await hold(page, `${name} (${look})`, { axe: !['hand-elder', 'zoom'].includes(look) })
        if (look.includes('elder')) await holdElder(page, `${name} (${look})`)
        await shot(page, `${name}-${look}`)
      }
      equal(complaints.join('\n'), '', `what the browser complained of (${look})`)
      await context.close()
    }
  },

  async 'search: a word finds, Enter leads on, the figures lead to their evidence'({ house, browser }) {
    const { context, page } = await openPage(browser)
    await page.goto(house.base)
    await page.fill('#q', '公积金')
    await page.waitForSelector('.found li')
    await says(page, '.found', '住房公积金提取', 'the suggestion is there')
    await page.press('#q', 'Enter')
    await page.waitForURL('**/matters?q=*')
    await page.click('.rows a')
    await page.waitForSelector('.guide')
    await page.goto(house.base)
    await page.waitForSelector('.figures a')
    const figure = await page.getAttribute('.figures a', 'href')
    const r = await page.goto(house.base + figure)
    equal(r.status(), 200, 'the figure’s page')
    await context.close()
  },

  async 'in large type the number of a case is entered on the first page, whether the rest is open or not'({ house, browser }) {
    const { context, page, complaints } = await openPage(browser)
    for (const whole of [false, true]) {
      await page.goto(`${house.base}/?elder=1`)
      await page.waitForSelector('.few #number')
      if (whole) await page.click('.more [aria-expanded=false]')
      await counts(page, '#number', 1, 'one field for it')
      await page.fill('#number', '0240 624000001')
      await page.press('#number', 'Enter')
      await page.waitForURL('**/my?number=0240624000001')
      await page.waitForSelector('main h1')
      await says(page, 'main', '0240624000001', 'whoever is not signed in is told to sign in for it')
      await page.waitForSelector('.aid')
    }
    equal(complaints.join('\n'), '', 'complaints')
    await context.close()
  },

  async 'stages of life: from the front page to a matter, and back from a matter to its stage'({ house, browser }) {
    const { context, page, complaints } = await openPage(browser)
    await page.goto(house.base)
    const link = page.locator('.lives a:has-text("工程建设")')
    const said = Number(await link.locator('.tabular').textContent())
    await link.click()
    await page.waitForSelector('h1:has-text("工程建设")')
    await counts(page, '.rows > li', said, 'as many as the front page said')
    equal(new URL(page.url()).searchParams.get('stage'), '工程建设', 'the address says the stage')
    await page.click('.switch button:has-text("个人")') // another life has other stages
    await page.waitForFunction(() => !location.search.includes('stage='))
    await page.click('.switch button:has-text("按阶段")')
    await page.waitForSelector('.group h2:has-text("养老")')
    await page.selectOption('select >> nth=1', 'person 养老')
    await page.click('.rows a:has-text("企业职工基本养老保险正常退休申请")')
    await page.waitForSelector('.guide')
    const facts = await page.textContent('.beside .facts')
    expect(/网上办理深度\s*互联网咨询、互联网收件[^。]*未经部门核实/.test(facts) && !facts.includes('全程网办'), `the depth, and that nobody has checked it: ${facts}`)
    expect(facts.includes('不用到大厅'), 'and the visits')
    await page.click('.beside .facts a:has-text("养老")')
    await page.waitForSelector('h1:has-text("养老")')
    // In English each part of a heading is marked as what it is.
    await page.goto(`${house.base}/matters?by=stage&lang=en`)
    await page.waitForSelector('.group h2:has-text("Persons · ")')
    const marked = await page.locator('.group h2 >> nth=0').evaluate((h) => [h.lang, h.querySelector('span').lang, /\p{Script=Han}/u.test(h.firstChild.data)])
    equal(marked.join(' '), ' zh-CN false', 'the page’s words are English, the stage’s name Chinese')
    equal(complaints.join('\n'), '', 'complaints')
    await context.close()
  },

  async 'files: a year for what has a hash, each time for the shell; a strict policy'({ house, browser }) {
    const shell = await fetch(`${house.base}/my/cases/1`)
    const policy = shell.headers.get('content-security-policy')
    expect(policy && !/unsafe|\*|https?:/.test(policy), `the policy: ${policy}`)
    equal(shell.headers.get('cache-control'), 'no-cache', 'the shell')
    equal((await fetch(`${house.base}/my/cases/1`, { headers: { 'if-none-match': shell.headers.get('etag') } })).status, 304, 'the shell again')
    const { context, page } = await openPage(browser)
    const seen = []
    page.on('response', (r) => seen.push(r))
    await page.goto(house.base, { waitUntil: 'networkidle' })
    for (const r of seen) {
      expect(r.url().startsWith(house.base), `nothing comes from elsewhere: ${r.url()}`)
      if (r.url().includes('/assets/')) {
        equal(r.headers()['cache-control'], 'public, max-age=31536000, immutable', r.url())
        if (r.url().includes('vue-router')) equal(r.headers()['content-encoding'], 'br', r.url())
      }
    }
    await context.close()
  },

  // 1.6 Mbit/s with 40 ms each way, and a processor four times slower; the best of three, because other programs share the machine.
  async 'the first paint on a slow line'({ house, browser, note }) {
    const times = []
    for (let i = 0; i < 3; ++i) {
      const { context, page } = await openPage(browser, { viewport: { width: 390, height: 844 } })
      const line = await context.newCDPSession(page)
      await line.send('Network.enable')
      await line.send('Network.emulateNetworkConditions', { offline: false, latency: 80, downloadThroughput: 200_000, uploadThroughput: 100_000 })
      await line.send('Emulation.setCPUThrottlingRate', { rate: 4 })
      await page.goto(house.base)
      await page.waitForSelector('.front h1')
      times.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity))
      await context.close()
    }
    const best = Math.min(...times)
    note(`first contentful paint: ${times.map((t) => Math.round(t)).join(', ')} ms`)
    expect(best < 1000, `first paint after ${Math.round(best)} ms`)
  },
}
