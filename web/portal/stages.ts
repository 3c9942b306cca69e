// Matters by stage of life (个人、企业全生命周期): which stages have any, in the order of life, and how a list is laid under them.
import type { Hall, MatterLine } from './hall'

export type LifeStage = NonNullable<Hall['life_stages']>[number]
type Placed = Pick<MatterLine, 'audience' | 'life_stages'>

export const isFor = (m: Pick<MatterLine, 'audience'>, whom: LifeStage['audience']) => m.audience?.some((a) => (whom === 'person' ? a === 1 : a > 1)) ?? false
/** A matter that is for both stands in a person's stage as a person's, and in an enterprise's as theirs. */
export const isIn = (m: Placed, s: LifeStage) => isFor(m, s.audience) && (m.life_stages?.includes(s.name) ?? false)

export interface StageGroup<M> {
  stage: LifeStage | null // null: of no stage
  list: M[]
}
/** The list under its stages, those of `whom` alone where it is given; a stage without a matter is left out, and what is in none stands last. */
export function byStage<M extends Placed>(list: readonly M[], stages: readonly LifeStage[], whom: '' | LifeStage['audience']): StageGroup<M>[] {
  const shown = stages.filter((s) => !whom || s.audience === whom)
  const groups: StageGroup<M>[] = shown.map((stage) => ({ stage, list: list.filter((m) => isIn(m, stage)) }))
  const rest = list.filter((m) => !shown.some((s) => isIn(m, s)))
  return [...groups, { stage: null, list: rest }].filter((g) => g.list.length > 0)
}

/** 全程网办: handled online to the told end, and nobody has to come. It is praised only once the department has checked the entry. */
export const isWhollyOnline = (m: { online_depth?: readonly string[]; visits: number; unverified: boolean }) => !m.unverified && m.visits === 0 && ['handle', 'result_feedback'].every((d) => m.online_depth?.includes(d))
