// Sentences of web/ that a scan of its sources can hold.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import deskEn from '@/desk/words/en'
import deskZh from '@/desk/words/zh'
import { demonstrationWords } from '@/shared/demonstration/words'
import { en as deviceEn, zh as deviceZh } from '@/devices/words'
import { en as screenEn, zh as screenZh } from '@/screen/words'
import { en as bookingEn, zh as bookingZh } from '@/portal/words/appointments'
import portalEn from '@/portal/words/en'
import portalZh from '@/portal/words/zh'

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (name === 'node_modules') return []
    return statSync(path).isDirectory() ? sources(path) : /\.(vue|ts|css|html)$/.test(name) ? [path] : []
  })
}
const root = join(__dirname, '..')
const of = (folder: string) => sources(join(root, folder)).map((path) => ({ path: path.slice(root.length + 1), text: readFileSync(path, 'utf8') }))
const all = ['portal', 'desk', 'screen', 'devices', 'shared', 'ui', 'api'].flatMap(of)

it('only ui/ imports Element Plus, and the portal does not import ui/', () => {
  for (const s of all) if (!s.path.startsWith('ui/')) expect(s.text, s.path).not.toMatch(/from '(element-plus|@element-plus)|import 'element-plus/)
  for (const s of [...of('portal'), ...of('screen'), ...of('devices'), ...of('shared'), ...of('api')]) expect(s.text, s.path).not.toMatch(/['"/]ui\//)
})
it('nothing is written into a page as markup, and no style stands in a tag', () => {
  for (const s of all) {
    expect(s.text, s.path).not.toMatch(/v-html|innerHTML|insertAdjacentHTML|document\.write|eval\(|new Function/)
    expect(s.text, s.path).not.toMatch(/<[a-z][^>]* style="/)
  }
})
it('nothing comes from elsewhere', () => {
  for (const s of all) expect(s.text.replace(/http:\/\/www\.w3\.org\/\S+/g, ''), s.path).not.toMatch(/https?:\/\/(?!127\.0\.0\.1)/)
})
it('colours are tokens', () => {
  for (const s of all) if (s.path !== 'shared/tokens.css' && s.path.endsWith('.vue')) expect(s.text, s.path).not.toMatch(/#[0-9a-f]{3,8}\b(?![^<]*<\/template>)/i)
})

it('nothing typed at the desk is lost: every form keeps what is typed, but for the way in and for searches', () => {
  const named = ['parts/ActForm', 'parts/BulkBar', 'parts/PapersPanel', 'parts/PersonPane', 'parts/QuickForm', 'pages/JobsPage', 'pages/QuestionsPage', 'pages/ReceivePage', 'centre/AccountForm', 'centre/ErasurePage', 'centre/AccountPane', 'centre/ProposalCard', 'centre/ProposeForm']
  const none = ['parts/SignInForm', 'parts/OwnPassword', 'parts/SecondFactor', 'parts/SearchBox', 'centre/AuditPage'] // a password is nobody's to keep; a search stands in the address
  const forms = of('desk').filter((s) => s.path.endsWith('.vue') && /<form\b/.test(s.text))
  const name = (s: { path: string }) => s.path.replace(/^desk\/|\.vue$/g, '')
  for (const known of [...named, ...none]) expect(forms.map(name), `${known} is no form any more: take it from the list`).toContain(known)
  for (const s of forms.filter((s) => !none.includes(name(s)))) {
    expect(s.text, s.path).toMatch(/keptValues/)
    // And what is sent waits for a network in sight, or says at once that it does not; showing a person whole is no act, and a long task is begun now or not.
    if (!['parts/PersonPane', 'pages/JobsPage'].includes(name(s))) expect(s.text, s.path).toMatch(/outbox\.(give|once)/)
  }
})
it('what is secret or must not be done later does not wait in the outbox: rights, links, rules, the catalogue, keys of screens', () => {
  for (const s of of('desk')) expect(s.text, s.path).not.toMatch(/outbox\.give\([`'"]\/api\/(identity|catalog|hall\/(open|close)_screen|casework\/change_warnings)/)
  for (const s of of('desk')) for (const m of s.text.matchAll(/<QuickForm [^\n]*door="\/api\/(?:identity|hall\/open_screen)[^\n]*/g)) expect(m[0], s.path).toMatch(/ once /)
})

function leaves(o: object, at = ''): Map<string, string> {
  const out = new Map<string, string>()
  for (const [k, v] of Object.entries(o)) if (typeof v === 'string') out.set(at + k, v)
    else for (const [kk, vv] of leaves(v as object, `${at}${k}.`)) out.set(kk, vv)
  return out
}
const slots = (s: string) => [...s.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort()
it.each([['portal', portalZh, portalEn], ['desk', deskZh, deskEn], ['screen', screenZh, screenEn], ['devices', deviceZh, deviceEn], ['appointments', bookingZh, bookingEn], ['demonstration', demonstrationWords.zh, demonstrationWords.en]])('%s: English has every word, with the same slots, and is not Chinese', (_name, zh, en) => {
  const e = leaves(en)
  for (const [key, words] of leaves(zh)) {
    expect(e.has(key), key).toBe(true)
    expect(slots(e.get(key)!), key).toEqual(slots(words))
  }
  const chinese = [...e].filter(([k, v]) => /[\u4e00-\u9fff]/.test(v) && !/other_language|hint/.test(k))
  expect(chinese).toEqual([])
})
// What a folder says of its words: literals, and patterns with a hole for each `${…}`. A literal may stand anywhere (`word: 'cases'`).
function askedIn(texts: string[], known: ReadonlySet<string>) {
  const literals = new Set<string>()
  const patterns = new Set<string>()
  for (const text of texts) {
    for (const m of text.matchAll(/'([\w.]+)'/g)) literals.add(m[1]!)
    // Folders of words that a page looks through with te(): every literal of several parts may be one.
    if (/\bte\(/.test(text)) for (const m of text.matchAll(/'(\w+\.\w+)'/g)) if (!known.has(m[1]!) && [...known].some((k) => k.startsWith(`${m[1]}.`))) patterns.add(`${m[1]}.*`)
    for (const m of text.matchAll(/\bt\(`((?:[^`$]|\$\{(?:[^{}`]|`[^`]*`)*\})+)`/g)) patterns.add(m[1]!.replace(/\$\{(?:[^{}`]|`[^`]*`)*\}/g, '*'))
  }
  return { literals, patterns: [...patterns] }
}
const fits = (pattern: string) => new RegExp(`^${pattern.replace(/\./g, '\\.').replace(/\*/g, '[\\w.]+')}$`)
it.each([['portal', ['portal', 'shared'], portalZh], ['desk', ['desk', 'shared'], deskZh]] as const)('%s: every word that a page asks for is there, and no word is there that no page asks for', (_name, folders, zh) => {
  const known = leaves(zh as object)
  const texts = folders.flatMap(of).filter((s) => !s.path.includes('/words/'))
  for (const s of texts.filter((x) => !x.path.startsWith('shared/'))) for (const m of s.text.matchAll(/\bt\('([\w.]+)'/g)) expect(known.has(m[1]!), `${s.path}: ${m[1]}`).toBe(true)
  const { literals, patterns } = askedIn(texts.map((s) => s.text), new Set(known.keys()))
  for (const p of patterns) expect([...known.keys()].some((key) => fits(p).test(key)), p).toBe(true)
  const matchers = patterns.filter((p) => !p.startsWith('*')).map(fits)
  const said = texts.map((s) => s.text).join('\n')
  // A word of one part ("more") is a common one: only where it is asked for it counts.
  const used = (key: string) => (key.includes('.') ? literals.has(key) : new RegExp(`\\bt\\(['\`]${key}['\`]|'${key}'\\)`).test(said))
  const dead = [...known.keys()].filter((key) => !used(key) && !matchers.some((m) => m.test(key)))
  expect(dead).toEqual([])
})
