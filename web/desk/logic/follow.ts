// What may be done with a follow-up now: the course of decision 0031, by stage and right.
import type { Got } from '@/api/client'

export type FollowUp = NonNullable<Got<'/api/hall/follow_ups'>['follow_ups']>[number]
/** What was done with it after its opening. */
export type PastAct = NonNullable<FollowUp['acts']>[number]
export type FollowUpAct = 'sort_follow_up' | 'decline_follow_up' | 'extend_follow_up' | 'answer_follow_up' | 'appeal_evaluation' | 'decide_appeal' | 'call_back' | 'no_contact_left'

const course: Record<FollowUp['stage'], readonly FollowUpAct[]> = {
  opened: ['sort_follow_up', 'decline_follow_up'],
  sorted: ['answer_follow_up', 'extend_follow_up', 'appeal_evaluation'],
  appealed: ['decide_appeal'],
  answered: ['call_back', 'no_contact_left'],
  closed: [],
  declined: [],
}
export function actsOf(f: Pick<FollowUp, 'stage' | 'kind'> & Partial<Pick<FollowUp, 'reachable'>>, may: (right: string) => boolean): FollowUpAct[] {
  const rating = f.kind === 'bad_rating' || f.kind === 'paper_evaluation'
  // Whom nobody can reach is not called for show, and who can be reached is called.
  const fits = (a: FollowUpAct) => (a === 'appeal_evaluation' ? rating : a === 'decline_follow_up' ? !rating : a === 'no_contact_left' ? f.reachable === false : true)
  return course[f.stage].filter((a) => may(`hall.${a}`) && fits(a))
}

/** "3.2%" of a share with its denominator; a dash where nothing was counted. */
export const share = (part: number, whole: number) => (whole > 0 ? `${((part / whole) * 100).toFixed(1)}%` : '—')
