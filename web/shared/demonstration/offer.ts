// Whom a demonstration lets one be, and becoming it. Elsewhere the program has no such door.
import { ref } from 'vue'
import { api, asked, type Got } from '@/api/client'
import { useSession } from '@/shared/session'

export type Person = NonNullable<Got<'/api/identity/demonstration'>['people']>[number]
export type Group = 'applicant' | 'window' | 'department' | 'centre'

const groups: Record<string, Group> = {
  guide: 'window', clerk: 'window', runner: 'window', issue_clerk: 'window',
  handler: 'department', chief_representative: 'department', department_leader: 'department',
}
export const postOf = (p: Person): string => (p.kind === 'applicant' ? (p.body ? 'enterprise' : 'citizen') : (p.roles?.[0] ?? ''))
export const groupOf = (p: Person): Group => (p.kind === 'applicant' ? 'applicant' : (groups[postOf(p)] ?? 'centre'))
/** Where their work is. */
export const homeOf = (p: Person): string => (p.kind === 'applicant' ? '/my' : '/desk/')

export const people = ref<Person[] | null>(null)
let asking: Promise<void> | null = null
export function loadPeople(): Promise<void> {
  return (asking ??= asked(api.GET('/api/identity/demonstration')).then((a) => {
    people.value = a.ok ? (a.value.people ?? []) : []
    if (!a.ok) asking = null // asked again by the next page
  }))
}
/** Whether the session is theirs now. */
export async function become(account: string): Promise<boolean> {
  const session = useSession()
  const a = await session.enter(asked(api.POST('/api/identity/demonstration', { body: { account } })))
  return a.ok
}
