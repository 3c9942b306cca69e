// What the leaders' screen knows and how old it is. It asks again for ever.
import { after as heardAfter, post, type Heard as HeardOf } from '@/shared/display'
import type { paths } from '@yichuang/api'

type Post = paths['/api/hall/leaders']['post']
export type Board = Post extends { responses: { 200: { content: { 'application/json': infer T } } } } ? T : never
export type Heard = HeardOf<Board>
export { shiftAt, type State } from '@/shared/display'

export const kAskMs = 10_000
export const kStaleMs = 35_000 // three questions unanswered
export const kKeyPlace = 'yichuang.screen'

export const after = (before: Heard, answer: { status: number; body: unknown } | null, now: number) => heardAfter<Board>(before, answer, now, kStaleMs)
export const askBoard = (key: string) => post('/api/hall/leaders', { key })
