// Words of stages and acts as they are said of one case: what is no permit is not 不予许可 but 不予办理.
import { useI18n } from 'vue-i18n'
import type { Act } from './acts'

export function useSay() {
  const { t, te } = useI18n()
  const stage = (stage: string, name: string, permit: boolean | undefined) =>
    stage === 'refused' && permit !== true ? t(permit === false ? 'stage_other.refused' : 'stage_other.refused_any') : te(`stage.${stage}`) ? t(`stage.${stage}`) : name
  const act = (act: Act, permit: boolean | undefined) => (act === 'decide_refuse' && permit === false ? t('act_other.decide_refuse') : t(`act.${act}`))
  return { stage, act }
}
