// For the journeys: the real program on a fresh demonstration directory, a browser, and what they have in common.
import { execFile, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'

const run = promisify(execFile)
const require = createRequire(import.meta.url)
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8')
const root = resolve(fileURLToPath(new URL('.', import.meta.url)), '../..')

export class Broken extends Error {}
export function expect(holds, words) {
  if (!holds) throw new Broken(words)
}
export function equal(have, wanted, words) {
  if (have !== wanted) throw new Broken(`${words}: ${JSON.stringify(have)}, wanted ${JSON.stringify(wanted)}`)
}

/** What a centre's catalogue may have and the repository's has not: a matter that cannot be applied for online, one that its department
    has checked, samples of papers. */
async function ownCatalogue(folder) {
  const to = join(folder, 'data')
  await cp(join(root, 'data'), to, { recursive: true })
  const matters = join(to, 'sichuan', 'matters.yaml')
  const text = await readFile(matters, 'utf8')
  const changed = text.replace(/( {2}- code: SC-WJW-0006\n)([^]*? {4}online_depth: )\[.*\]/, '$1    offline_reason: 涉及国家秘密（示例）\n$2[consult]')
  if (changed === text) throw new Broken('the catalogue has no SC-WJW-0006')
  const checked = changed.replace(/( {2}- code: SC-GJJ-0001\n[^]*?) {4}source: \[.*\]\n {4}unverified: true\n/, '$1    source: [LAW]\n')
  if (checked === changed) throw new Broken('the catalogue has no SC-GJJ-0001 that is to be checked')
  await writeFile(matters, checked)
  await mkdir(join(to, 'sichuan', 'samples'))
  await writeFile(join(to, 'sichuan', 'samples', '申请书样本.pdf'), '%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF\n')
  await writeFile(join(to, 'sichuan', 'samples.yaml'), 'samples:\n  - {matter: SC-WJW-0001, material: 选址报告, text: 写明四至、面积和周边五百米的学校。}\n  - {matter: SC-WJW-0001, material: 设置医疗机构申请书, file: 申请书样本.pdf}\n')
  return to
}

/** The program, serving the demonstration (`up`, in the data directory that is given and stays, or in one of its own), or a new centre of the machine's clock with a catalogue of its own (`serve`); ends with stop(). */
export async function openHouse(program, { command = 'up', given = null, week = null } = {}) {
  const data = given ? null : await mkdtemp(join(tmpdir(), 'yichuang-journey-'))
  const directory = given ?? join(data, 'var')
  // A centre that a week file of testdata/weeks has made; its clock stands on the morning after.
  if (week) await run(program, ['--catalogue', join(root, 'data'), 'replay', '--data', directory, '--week-file', join(root, 'testdata/weeks', week)])
  const child = spawn(program, ['--catalogue', command === 'up' || week ? join(root, 'data') : await ownCatalogue(data), command, '--data', directory, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const base = await new Promise((done, failed) => {
    const hear = (bytes) => {
      said += bytes
      const m = /一窗已启动：(http:\/\/127\.0\.0\.1:\d+)/.exec(said)
      if (m) done(m[1])
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('exit', () => failed(new Broken(`the program ended early: ${said}`)))
  })
  const token = (await readFile(join(directory, 'operator.token'), 'utf8')).trim()
  /** A command or a question as the operator: what happens behind the windows while a citizen waits. */
  async function operator(path, body, as = 'json') {
    const r = await fetch(base + path, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, accept: as === 'json' ? 'application/json' : '*/*', ...(body ? { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await r.text()
    if (!r.ok) throw new Broken(`${path}: ${r.status} ${text}`)
    return as === 'json' ? JSON.parse(text) : text
  }
  /** A question behind everything that has happened: lists follow the ledger by a moment. */
  async function behind(path) {
    const { position } = await operator('/api/casework/health')
    return operator(`${path}${path.includes('?') ? '&' : '?'}after_position=${position}`)
  }
  async function stop() {
    if (child.exitCode === null) {
      const gone = new Promise((done) => child.on('exit', done))
      child.kill('SIGTERM')
      await gone
    }
    if (data) await rm(data, { recursive: true, force: true })
  }
  return { base, operator, behind, stop }
}

/** What is no complaint of a page: answers that a story asks for, and Chromium's own viewer when a newer paper takes the place of one that it
    was still fetching. */
const kNoComplaint = /status of (4\d\d|5\d\d)|ERR_INTERNET_DISCONNECTED|ERR_FAILED|^Failed to get StreamContainer$/

/** A browser that notes whatever a page complains of. */
export async function openBrowser() {
  const found = process.env.YICHUANG_CHROMIUM ?? '/usr/bin/chromium'
  return chromium.launch({ executablePath: found, args: ['--no-sandbox', '--force-color-profile=srgb'] })
}
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options })
  const page = await context.newPage()
  const complaints = []
  page.on('pageerror', (e) => complaints.push(e.message))
  page.on('console', (m) => {
    if (m.type() === 'error' && !kNoComplaint.test(m.text())) complaints.push(m.text())
  })
  page.setDefaultTimeout(kPatience)
  return { context, page, complaints }
}

const kPatience = 15_000
/** What an act leads to is there when the page has asked and drawn, which on a slow machine is later than the word that the act was done:
    it is looked for until it is there. What must not be there is asked for once, after something that came later (`equal`). */
export async function until(ask, holds, told) {
  for (const end = Date.now() + kPatience; ; ) {
    const have = await ask()
    if (holds(have)) return
    if (Date.now() > end) throw new Broken(told(have))
    await new Promise((done) => setTimeout(done, 20))
  }
}
/** The words, or what a pattern describes, come to stand in the first of `selector`; without a selector in `page`, a locator. */
export async function says(page, selector, words, why) {
  const holds = (text) => (words instanceof RegExp ? words.test(text) : text.includes(words))
  await until(() => (selector ? page.textContent(selector) : page.textContent()), holds, (text) => `${why}: ${words} is not in ${text}`)
}
export async function counts(page, selector, wanted, why) {
  await until(() => page.locator(selector).count(), (n) => n === wanted, (n) => `${why}: ${n}, wanted ${wanted}`)
}
export async function typed(page, selector, wanted, why) {
  await until(() => page.inputValue(selector), (value) => value === wanted, (value) => `${why}: ${JSON.stringify(value)}, wanted ${JSON.stringify(wanted)}`)
}

/** As page.route, and in force when it returns: on a slow machine the page's next request may still pass by a route that was just set. */
export async function intercept(page, pattern, handle, options) {
  let heard = false
  const probe = '**/is-it-heard'
  await page.route(pattern, handle, options)
  await page.route(probe, (route) => {
    heard = true
    return route.fulfill({ body: '' })
  })
  await until(() => page.evaluate(() => fetch('/is-it-heard').then(() => true, () => false)).then(() => heard), (yes) => yes, () => `${pattern} is not intercepted`)
  await page.unroute(probe)
}

/** No violation of WCAG 2.2 A and AA, no scrolling sideways, in the page as it stands. `axe: false`: its width alone, for a size or a
    mode whose markup another look of the same page has been asked about. */
export async function hold(page, where, { axe: deep = true } = {}) {
  if (deep) await holdBarriers(page, where)
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  if (over > 0) throw new Broken(`${where}: scrolls sideways by ${over} px`)
}
async function holdBarriers(page, where) {
  if (!(await page.evaluate(() => typeof window.axe === 'object'))) await page.evaluate(axe)
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }))
  const words = found.violations.map((v) => `${v.id}: ${v.help} — ${v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} ${n.any[0]?.message ?? ''}`).join(' | ')}`)
  if (words.length) throw new Broken(`${where}: ${words.join('\n  ')}`)
}

/** In elder mode: no type under 20 px, no target under 60 px (links within a sentence apart). Of a page that scrolls in a frame the frame's own page is looked at by itself. */
export async function holdElder(page, where) {
  const bad = await page.evaluate(() => {
    const out = []
    const seen = (e) => e.checkVisibility({ checkOpacity: true }) && e.getBoundingClientRect().width > 1
    for (const e of document.querySelectorAll('body *')) {
      const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())
      if (own && seen(e) && parseFloat(getComputedStyle(e).fontSize) < 20) out.push(`type ${getComputedStyle(e).fontSize}: ${e.tagName} ${e.textContent.trim().slice(0, 20)}`)
    }
    // A link within words is read with them; one that stands alone, or among links alone, is a target like a button.
    const alone = (a) => {
      let block = a.parentElement
      while (block && /^inline/.test(getComputedStyle(block).display) && block.tagName !== 'BODY') block = block.parentElement
      const words = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
      for (let n = words.nextNode(); n; n = words.nextNode()) if (/[\p{L}\p{N}]/u.test(n.data) && !n.parentElement.closest('a, button, script, style') && seen(n.parentElement)) return false
      return true
    }
    for (const a of document.querySelectorAll('a[href]:not(.skip)')) {
      const h = a.getBoundingClientRect().height
      if (seen(a) && h < 60 && alone(a)) out.push(`link ${Math.round(h)}: ${a.className} ${a.textContent.trim().slice(0, 20)}`)
    }
    for (const e of document.querySelectorAll('button, a.button, .tools a, select, input:not([type=radio]):not([type=checkbox]):not([type=file]), textarea, summary, .choice')) {
      const h = e.getBoundingClientRect().height
      if (seen(e) && h < 60) out.push(`target ${Math.round(h)}: ${e.tagName} ${(e.textContent || e.id).trim().slice(0, 20)}`)
    }
    return out.slice(0, 8)
  })
  if (bad.length) throw new Broken(`${where}: ${bad.join('; ')}`)
}
