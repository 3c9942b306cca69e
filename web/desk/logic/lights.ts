// A light in words, shape and colour. Days left are the program's own count, of a row and of a case alike.
import { daysBetween } from '@/shared/days'

export type Light = 'green' | 'yellow' | 'red' | 'grey'
export type Tone = 'green' | 'amber' | 'red' | 'grey'
export interface Explained {
  clock: { kind: string; unit: 'working' | 'calendar'; due?: string; paused_since?: string }
  days?: { day: string; counted: boolean }[]
}
export interface LightFacts {
  light?: Light
  stage: string
  due?: string
  today: string
  left?: { days: number; unit: 'working' | 'calendar' } // as the program counts: below zero when it has passed
  pause?: string // 听证 …
}
/** What a chip says: a key below `light.` with its slots. */
export interface LightWords {
  tone: Tone
  shape: '●' | '▲' | '■' | '‖' | '○'
  word: 'in_time' | 'left_working' | 'left_calendar' | 'today' | 'tomorrow' | 'due' | 'past' | 'past_working' | 'paused' | 'paused_for' | 'waits_correction' | 'waits_above' | 'ended' | 'warned'
  days: number
}

const kWaits: Record<string, LightWords['word']> = { correction: 'waits_correction', correction_in_review: 'waits_correction', pre_returned: 'waits_correction', forwarded: 'waits_above' }

const kEnded = ['issued', 'closed', 'not_accepted', 'withdrawn', 'terminated'] // no limit runs any more

/** What the program says of the days of a row or a case, as a chip takes it. */
export const leftOf = (x: { days_left?: number; days_unit?: 'working' | 'calendar' }): LightFacts['left'] => (x.days_left === undefined || !x.days_unit ? undefined : { days: x.days_left, unit: x.days_unit })

/** Days that still count until the due day, from tomorrow on; null when the count stands still or is unknown. */
export function daysLeft(clocks: readonly Explained[], due: string | undefined, today: string): LightFacts['left'] | null {
  const c = clocks.find((x) => x.clock.due === due && !x.clock.paused_since)
  if (!c || !due || !c.days || due < today) return null
  return { days: c.days.filter((d) => d.counted && d.day > today && d.day <= due).length, unit: c.clock.unit }
}

export function lightWords(f: LightFacts): LightWords {
  const said = (tone: Tone, shape: LightWords['shape'], word: LightWords['word'], days = 0): LightWords => ({ tone, shape, word, days })
  if (!f.light || kEnded.includes(f.stage)) return said('grey', '○', 'ended')
  if (f.stage === 'suspended') return f.pause ? said('grey', '‖', 'paused_for') : said('grey', '‖', 'paused')
  if (f.light === 'grey') return said('grey', '‖', kWaits[f.stage] ?? 'paused')
  const tone: Tone = f.light === 'green' ? 'green' : f.light === 'yellow' ? 'amber' : 'red'
  const shape = f.light === 'green' ? '●' : f.light === 'yellow' ? '▲' : '■'
  if (!f.due) return said(tone, shape, f.light === 'green' ? 'in_time' : 'warned')
  const away = daysBetween(f.today, f.due)
  if (f.left && f.left.days < 0) return said(tone, '■', f.left.unit === 'working' ? 'past_working' : 'past', -f.left.days)
  if (away < 0) return said(tone, '■', 'past', -away)
  if (away === 0) return said(tone, shape, 'today')
  if (f.left) return said(tone, shape, f.left.unit === 'working' ? 'left_working' : 'left_calendar', f.left.days)
  if (away === 1) return said(tone, shape, 'tomorrow')
  return said(tone, shape, f.light === 'green' ? 'in_time' : 'due')
}

/** What chips say of cards: a yellow card is not a red one. Red cards first; each by its rule where the rules are known, counted otherwise. */
export interface CardWords {
  card: 'red' | 'yellow'
  tone: 'red' | 'amber'
  shape: '■' | '▲'
  rule: string
  count: number
}
export function cardWords(cards: number | readonly string[], red: number | readonly string[]): CardWords[] {
  const said = (card: CardWords['card'], rule: string, count: number): CardWords => ({ card, tone: card === 'red' ? 'red' : 'amber', shape: card === 'red' ? '■' : '▲', rule, count })
  if (typeof cards !== 'number' && typeof red !== 'number') return [...red.map((rule) => said('red', rule, 1)), ...cards.filter((rule) => !red.includes(rule)).map((rule) => said('yellow', rule, 1))]
  const all = typeof cards === 'number' ? cards : cards.length
  const bad = typeof red === 'number' ? red : red.length
  return [...(bad > 0 ? [said('red', '', bad)] : []), ...(all > bad ? [said('yellow', '', all - bad)] : [])]
}
