// Who may do what, from the program's own table (/api/identity/rights): which rights an account's roles give, and how far.
import type { Got } from '@/api/client'

export type Rights = Got<'/api/identity/rights'>
export type Account = NonNullable<Got<'/api/identity/accounts'>['accounts']>[number]
export type Role = Account['roles'] extends (infer R)[] | undefined ? R & string : never
export type RightRow = NonNullable<Rights['rights']>[number]

export const kPosts = ['administrator', 'security_administrator', 'auditor'] as const
export const kGrantable = ['guide', 'clerk', 'runner', 'handler', 'chief_representative', 'department_leader', 'government_leader', 'issue_clerk', 'supervisor', ...kPosts] as const
const kReach = { none: 0, own: 1, department: 2, centre: 3 } as const
export type Reach = keyof typeof kReach

/** The roles with those that they include. */
export function withIncluded(roles: readonly string[], rights: Rights): Set<string> {
  const out = new Set(roles)
  for (const role of out) for (const more of rights.roles?.find((r) => r.role === role)?.includes ?? []) out.add(more) // a set grows while it is walked
  return out
}
/** How far the roles reach with a right. The table names the roles that it is given to; who includes one of them has it too. */
export function reachOf(row: RightRow, roles: ReadonlySet<string>): Reach {
  let reach: Reach = 'none'
  for (const h of row.holders ?? []) if (roles.has(h.role) && kReach[h.reach as Reach] > kReach[reach]) reach = h.reach as Reach
  return reach
}
export interface Held {
  right: string
  reach: Reach
  acts: readonly string[]
}
export function heldBy(roles: readonly string[], rights: Rights): Held[] {
  const all = withIncluded(roles, rights)
  return (rights.rights ?? []).map((r) => ({ right: r.right, reach: reachOf(r, all), acts: r.acts ?? [] })).filter((h) => h.reach !== 'none')
}
/** What a change of roles gives and takes. */
export function changeOf(before: readonly string[], after: readonly string[], rights: Rights): { gains: string[]; loses: string[] } {
  const a = new Map(heldBy(before, rights).map((h) => [h.right, h.reach]))
  const b = new Map(heldBy(after, rights).map((h) => [h.right, h.reach]))
  const more = (from: Map<string, Reach>, to: Map<string, Reach>) => [...to].filter(([right, reach]) => kReach[reach] > kReach[from.get(right) ?? 'none']).map(([right]) => right)
  return { gains: more(a, b), loses: more(b, a) }
}
/** At most one of the three posts, or the program refuses: said before anybody sends it. */
export const postsTogether = (roles: readonly string[]) => roles.filter((r) => (kPosts as readonly string[]).includes(r)).length > 1
export const kAccountName = /^[a-z][a-z0-9._-]{2,31}$/
