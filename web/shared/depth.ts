// 网上办理深度: which parts of a matter can be done online.
import type { Got } from '@/api/client'

export type OnlineDepth = NonNullable<Got<'/api/casework/matters/{code}'>['online_depth']>[number]
const inOrder = { consult: true, receive: true, pre_review: true, accept: true, handle: true, result_feedback: true, licence_feedback: true } satisfies Record<OnlineDepth, true>
/** All that the program knows, in the order of doing, as the catalogue's file wants it. */
export const kOnlineDepth = Object.keys(inOrder) as readonly OnlineDepth[]
