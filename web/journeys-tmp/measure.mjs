// node journeys/measure.mjs PROGRAM DATA [--runs N]: how long the desk lets somebody wait, from the key or the click until the page has been
// painted, on a data directory with many open cases (`yichuang-bench --fill`). Ends with 1 where a median is not under 100 ms.
import { openBrowser, openHouse, openPage } from './house.mjs'
import { enter, staffPassword } from './staff.mjs'

const words = process.argv.slice(2)
const runs = Number(words.includes('--runs') ? words[words.indexOf('--runs') + 1] : 11)
const kMost = 100

/** In the page: does one thing, waits until the page shows it and has painted. */
function timed(page, what) {
  return page.evaluate(async ({ click, key, select, until }) => {
    const text = () => (document.querySelector(until.of)?.textContent ?? '').trim()
    const before = text()
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    performance.clearResourceTimings()
    const loaded = () => performance.getEntriesByType('resource').some((e) => e.name.includes(until.loads) && e.responseEnd > 0)
    const holds = () => (until.loads ? loaded() : until.changes ? text() !== before && text() !== '' : document.querySelectorAll(until.of).length >= (until.count ?? 1)) && (!until.without || !document.querySelector(until.without))
    const begin = performance.now()
    if (click) document.querySelector(click).click()
    if (key) document.querySelector(key[0]).dispatchEvent(new KeyboardEvent('keydown', { key: key[1], bubbles: true }))
    if (select) {
      const field = document.querySelector(select[0])
      field.value = select[1]
      field.dispatchEvent(new Event('change', { bubbles: true }))
    }
    for (let i = 0; i < 600 && !holds(); ++i) await frame()
    if (until.loads) await frame() // what was heard is put into the page
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
    return holds() ? performance.now() - begin : NaN
  }, what)
}
const sorted = (list) => [...list].sort((a, b) => a - b)
const results = []
async function measure(name, once, back) {
  const all = []
  for (let i = 0; i < runs + 1; ++i) {
    const ms = await once(i)
    if (i > 0) all.push(ms) // the first warms up
    await back?.(i)
  }
  const s = sorted(all)
  results.push({ name, median: s[Math.floor(s.length / 2)], worst: s.at(-1) })
  console.log(`${name.padEnd(58)} median ${s[Math.floor(s.length / 2)].toFixed(0).padStart(4)} ms, slowest of ${runs} ${s.at(-1).toFixed(0)} ms`)
}

const house = await openHouse(words[0], { given: words[1] })
const browser = await openBrowser()
try {
  const open = (await house.operator('/api/casework/health')).open_cases
  console.log(`open cases: ${open}`)
  const people = { supervisor: `measured.supervisor${process.pid}`, chief_representative: `measured.chief${process.pid}` } // the directory may have been measured before
  const department = (await house.operator('/api/casework/cases?limit=1')).cases[0].department
  for (const [role, account] of Object.entries(people)) {
    const of = role === 'supervisor' ? {} : { department }
    await house.operator('/api/identity/open_account', { account, name: '测示例', ...of })
    await house.operator('/api/identity/grant_roles', { account, roles: [role], ...of })
    const { link } = await house.operator('/api/identity/invite', { account })
    await fetch(`${house.base}/set-password`, { method: 'POST', headers: { origin: house.base, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ code: new URL(link).searchParams.get('code'), username: account, password: staffPassword, again: staffPassword }) })
  }
  for (const [role, account] of Object.entries(people)) {
    const { context, page } = await openPage(browser)
    await page.goto(`${house.base}/desk/cases?stage=in_review`)
    await enter(page, account)
    await page.waitForSelector('.line')
    const rest = () => page.waitForTimeout(150) // what else the last act has begun
    await measure(`${role}: from another page to the queue of all open cases`, async () => {
      await page.click('.doors a[href="/desk/questions"]')
      await page.waitForSelector('.two-panes')
      await rest()
      return timed(page, { click: '.doors a[href="/desk/cases"]', until: { of: '.line', count: 8 } })
    })
    for (const light of ['yellow', 'green', 'red', 'grey'])
      await measure(`${role}: filter by light (${light})`, () => timed(page, { click: `.lights .${light}`, until: { loads: `light=${light}` } }), async () => {
        await rest()
        await page.click('.lights button >> nth=0')
        await page.waitForSelector('.line')
        await rest()
      })
    await measure(`${role}: filter by stage`, (i) => timed(page, { select: ['#stage', i % 2 ? 'in_review' : ''], until: { of: '.foot', changes: true } }), rest)
    await page.goto(`${house.base}/desk/cases?stage=`)
    await page.waitForSelector('.line')
    await measure(`${role}: the next 200 rows, at the end of the list`, async () => {
      await page.focus('.rows')
      return timed(page, { key: ['.rows', 'End'], until: { of: '.foot', changes: true } })
    }, rest)
    await measure(`${role}: a key in the list`, () => timed(page, { key: ['.rows', 'PageUp'], until: { of: '.line.at .number', changes: true } }))
    await page.focus('.rows')
    await page.keyboard.press('Home')
    await measure(`${role}: open a case`, async () => {
      await page.press('.rows', 'ArrowDown')
      return timed(page, { key: ['.rows', 'Enter'], until: { of: '.case .number', changes: true } })
    }, rest)
    await context.close()
  }
} finally {
  await browser.close()
  await house.stop()
}
const slow = results.filter((r) => !(r.median < kMost))
if (slow.length) console.log(`not under ${kMost} ms: ${slow.map((r) => r.name).join('; ')}`)
process.exit(slow.length ? 1 : 0)
