// What may be done with a follow-up now: the course of decision 0031, by stage and right.
import type { Got } from '@/api/client'

export type FollowUp = NonNullable<Got<'/api/hall/follow_ups'>['follow_ups']>[number]
/** What was done with it after its opening. */
export type PastAct = NonNullable<FollowUp['acts']>[number]
export type FollowUpAct = 'sort_follow_up' | 'decline_follow_up' | 'extend_follow_up' | 'answer_follow_up' | 'appeal_evaluation' | 'decide_appeal' | 'call_back'

const course: Record<FollowUp['stage'], readonly FollowUpAct[]> = {
  opened: ['sort_follow_up', 'decline_follow_up'],
  sorted: ['answer_follow_up', 'extend_follow_up', 'appeal_evaluation'],
  appealed: ['decide_appeal'],
  answered: ['call_back'],
  closed: [],
  declined: [],
}
export function actsOf(f: Pick<FollowUp, 'stage' | 'kind'>, may: (right: string) => boolean): FollowUpAct[] {
  const rating = f.kind === 'bad_rating' || f.kind === 'paper_evaluation'
  return course[f.stage].filter((a) => may(`hall.${a}`) && (a === 'appeal_evaluation' ? rating : a !== 'decline_follow_up' || !rating))
}

/** "3.2%" of a share with its denominator; a dash where nothing was counted. */
export const share = (part: number, whole: number) => (whole > 0 ? `${((part / whole) * 100).toFixed(1)}%` : '—')
