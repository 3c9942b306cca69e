// What a case's page says of it: who acts next, how much time is left, what happened. Pure functions over what the API gives.
import type { Got } from '@/api/client'

export type Case = Got<'/api/casework/cases/{id}'>
export type CaseLine = NonNullable<Got<'/api/casework/cases'>['cases']>[number]
export type Clock = NonNullable<Got<'/api/casework/cases/{id}/clocks'>['clocks']>[number]
export type Entry = NonNullable<Got<'/api/casework/cases/{id}/history'>['entries']>[number]
export type Stage = Case['stage']

/** Whose turn it is. `none`: the case is over. */
export type Actor = 'you' | 'reception' | 'department' | 'other_authority' | 'issue' | 'procedure' | 'none'
const actors: Record<Stage, Actor> = {
  none: 'reception',
  submitted: 'reception',
  pre_returned: 'you',
  to_receive: 'reception',
  received: 'reception',
  correction: 'you',
  accepted: 'department',
  in_review: 'department',
  correction_in_review: 'you',
  suspended: 'procedure',
  forwarded: 'other_authority',
  granted: 'issue',
  refused: 'issue',
  certificate_made: 'issue',
  issued: 'none',
  closed: 'none',
  not_accepted: 'none',
  withdrawn: 'none',
  terminated: 'none',
}
export const actorOf = (stage: Stage): Actor => actors[stage]
export const isOpen = (stage: Stage) => actors[stage] !== 'none'
export const wantsPapers = (stage: Stage) => stage === 'pre_returned' || stage === 'correction' || stage === 'correction_in_review'

export interface Standing {
  kind: 'ok' | 'soon' | 'today' | 'late' | 'paused' | 'over' | 'waiting'
  days: number // working or calendar days left, or days late
  unit: 'working' | 'calendar'
  due: string
  reason: string // of a pause
}

/** Days that count after `today`, up to the end of a clock that was explained day by day. */
export function daysLeft(clock: Clock, today: string): number {
  return (clock.days ?? []).filter((d) => d.counted && d.day > today).length
}

/** The clock that a person waits for: the one that ends next; the pause where it stands still. */
export function standingOf(c: Pick<Case, 'stage' | 'light' | 'next_due' | 'pauses'>, clocks: readonly Clock[], today: string): Standing {
  const none: Standing = { kind: 'over', days: 0, unit: 'working', due: '', reason: '' }
  if (!isOpen(c.stage)) return none
  const open = (c.pauses ?? []).find((p) => !p.to)
  if (open) return { ...none, kind: 'paused', reason: open.reason }
  const next = clocks.filter((k) => k.clock.due).sort((a, b) => (a.clock.due! < b.clock.due! ? -1 : 1))[0]
  if (!next) return { ...none, kind: 'waiting', due: c.next_due ?? '' }
  const due = next.clock.due!
  const unit = next.clock.unit
  if (due < today) return { kind: 'late', days: 0, unit, due, reason: '' }
  if (due === today) return { kind: 'today', days: 0, unit, due, reason: '' }
  return { kind: c.light === 'yellow' ? 'soon' : 'ok', days: daysLeft(next, today), unit, due, reason: '' }
}

/** What the newest notice of correction told, all at once; nothing when the case waits for no papers. */
export function defectsOf(stage: Stage, entries: readonly Entry[]) {
  if (!wantsPapers(stage)) return []
  for (let i = entries.length - 1; i >= 0; --i) {
    const d = entries[i]!.defects
    if (d && d.length) return d
  }
  return []
}
