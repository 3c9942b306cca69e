import { openDoors } from '../centre/doors'
import { openPeople } from '../people/doors'

// Which pages somebody has, from their rights; where they begin, from what they do most.
interface Rights {
  may: (right: string) => boolean
  me: { roles?: readonly string[] } | null
}
export interface Door {
  to: string
  word: 'cases' | 'receive' | 'bind' | 'questions' | 'supervise' | 'negatives' | 'results' | 'screens' | 'bulletin' | 'people' | 'jobs' | 'calls' | 'guide' | 'follow_ups' | 'duties' | 'centre'
  key?: string
}
export function doorsOf(s: Rights): Door[] {
  const out: Door[] = []
  if (s.may('casework.health') && s.may('view.cases')) out.push({ to: '/supervise', word: 'supervise' })
  if (s.may('view.cases')) out.push({ to: '/cases', word: 'cases' })
  if (s.may('casework.receive')) out.push({ to: '/receive', word: 'receive', key: 'n' })
  if (s.may('identity.bind_applicant')) out.push({ to: '/bind', word: 'bind' })
  if (s.may('hall.call_next')) out.push({ to: '/calls', word: 'calls' })
  if (s.may('hall.take_ticket') || s.may('hall.close_day')) out.push({ to: '/guide', word: 'guide' })
  if (s.may('casework.receive_result')) out.push({ to: '/results', word: 'results' })
  if (s.may('casework.list_questions') || s.may('casework.list_my_questions')) out.push({ to: '/questions', word: 'questions' })
  if (s.may('casework.list_negatives') || s.may('casework.say_no')) out.push({ to: '/negatives', word: 'negatives' })
  if (s.may('hall.list_follow_ups') || s.may('hall.register_unresolved') || s.may('hall.read_ratings') || s.may('casework.enter_paper_evaluation')) out.push({ to: '/follow-ups', word: 'follow_ups' })
  if (s.may('hall.list_duties')) out.push({ to: '/duties', word: 'duties' })
  if (s.may('hall.list_screens')) out.push({ to: '/screens', word: 'screens' })
  if (s.may('exchange.import_cases') || s.may('ledger.verify')) out.push({ to: '/jobs', word: 'jobs' }) // the others find theirs below their name
  if (openPeople(s.may).length > 0) out.push({ to: '/people', word: 'people' })
  if (s.may('bulletin.read_desk')) out.push({ to: '/bulletin', word: 'bulletin' })
  if (openDoors(s.may).length > 0) out.push({ to: '/centre', word: 'centre' })
  return out
}
/** The stage that somebody's day begins with. */
export function firstStage(s: Rights): string {
  const roles = s.me?.roles ?? []
  const has = (...some: string[]) => some.some((r) => roles.includes(r))
  if (has('handler', 'chief_representative', 'department_leader')) return 'in_review'
  if (has('clerk')) return 'received'
  if (has('runner')) return 'accepted'
  if (has('issue_clerk')) return 'granted'
  return ''
}
export function firstPage(s: Rights): string {
  const roles = s.me?.roles ?? []
  if (roles.includes('supervisor') && s.may('casework.health')) return '/supervise'
  const doors = doorsOf(s)
  return doors.some((d) => d.to === '/cases') ? (roles.includes('government_leader') ? '/centre' : '/cases') : doors.some((d) => d.to === '/centre') ? '/centre' : ''
}
