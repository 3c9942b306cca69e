// node journeys/run.mjs PROGRAM [--only WORDS] [--walks | --stories | --speed] [--shots DIR]: drives the built pages against the real program on a
// fresh demonstration. Walks look at every page, stories do what people do: the two may run side by side. Speed measures, and runs alone.
// Ends with 1 when a journey breaks; each is tried once. All of them together leave pictures in the four sizes that pages are looked at in.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openBrowser, openHouse } from './house.mjs'
import { journeys as pages } from './portal_pages.mjs'
import { journeys as applying } from './portal_apply.mjs'
import { journeys as waiting } from './portal_case.mjs'
import { journeys as deskPages } from './desk_pages.mjs'
import { journeys as deskCase } from './desk_case.mjs'
import { journeys as demonstration } from './demonstration.mjs'
import { journeys as more } from './portal_more.mjs'
import { journeys as centrePages } from './desk_centre.mjs'
import { journeys as deskReports } from './desk_reports.mjs'
import { journeys as deskActs } from './desk_acts.mjs'
import { journeys as deskAccount } from './desk_account.mjs'
import { journeys as peoplePages } from './desk_people.mjs'
import { journeys as screens } from './screen.mjs'
import { journeys as hall } from './hall.mjs'
import { journeys as badInput } from './desk_bad_input.mjs'
import { journeys as jobs } from './desk_jobs.mjs'
import { journeys as everyPage } from './every_page.mjs'
import { journeys as bulletin } from './desk_bulletin.mjs'

const words = process.argv.slice(2)
const word = (name) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined)
const only = word('--only')
const shots = word('--shots')
const isWalk = (name) => /^all pages|: every page|^every page/.test(name)
const measures = (name) => /first paint|3,000 rows/.test(name)
const half = words.includes('--walks') ? isWalk : words.includes('--speed') ? measures : words.includes('--stories') ? (name) => !isWalk(name) && !measures(name) : () => true
if (shots) await mkdir(shots, { recursive: true })
const kSizes = ['390×844', '1366×768', '1920×1080', '3840×2160']
const taken = new Map(kSizes.map((size) => [size, 0]))

const house = await openHouse(words[0])
const browser = await openBrowser()
// A centre of the machine's clock, for what only a real one shows; started when it is asked for.
let centre
const real = () => (centre ??= openHouse(words[0], { command: 'serve' }))
let broken = 0
try {
  for (const [name, journey] of Object.entries({ ...pages, ...applying, ...waiting, ...more, ...deskCase, ...deskPages, ...deskActs, ...centrePages, ...deskReports, ...bulletin, ...deskAccount, ...peoplePages, ...screens, ...jobs, ...badInput, ...everyPage, ...hall, ...demonstration })) {
    if ((only && !name.includes(only)) || !half(name)) continue
    const begin = Date.now()
    const shot = async (page, file) => {
      if (!shots) return
      const { width, height } = page.viewportSize()
      await page.screenshot({ path: join(shots, `${file}.png`), fullPage: words.includes('--full') })
      const size = `${width}×${height}`
      if (taken.has(size)) taken.set(size, taken.get(size) + 1)
    }
    try {
      await journey({ house, real, program: words[0], browser, shot, note: (text) => console.log(`       ${text}`) })
      console.log(`ok     ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`)
    } catch (e) {
      broken += 1
      console.log(`BROKEN ${name}\n  ${e.message}`)
      if (shots) for (const [i, c] of browser.contexts().entries()) for (const p of c.pages()) await p.screenshot({ path: join(shots, `broken-${broken}-${i}.png`) }).catch(() => {})
      for (const c of browser.contexts()) await c.close()
    }
  }
  if (shots && !only && !words.includes('--walks') && !words.includes('--speed')) {
    const none = kSizes.filter((size) => taken.get(size) === 0)
    console.log(`${none.length ? 'BROKEN' : 'ok    '} pictures: ${[...taken].map(([size, n]) => `${n} of ${size}`).join(', ')}`)
    if (none.length) broken += 1
  }
} finally {
  await browser.close()
  await house.stop()
  if (centre) await (await centre).stop()
}
process.exit(broken ? 1 : 0)
