// 四项数, as the API names them.
import type { Got } from '@/api/client'

export const kFigures = ['consulted', 'accepted', 'issued', 'transferred'] as const
export type FigureName = (typeof kFigures)[number]
export type FigureInfo = NonNullable<Got<'/api/bulletin/counts'>['figures']>[number]
/** The case of a fact's stream, for a link; a consultation has none. */
export const caseOf = (stream: string) => (/^case:\d{1,18}$/.test(stream) ? stream.slice(5) : undefined)
