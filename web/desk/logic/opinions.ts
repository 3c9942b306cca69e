// Prepared texts for opinions. They are Chinese because the papers are; 〔…〕 is to be filled in. A person adds their own, which stay in
// this browser under their account until another one signs in: wording that somebody kept may speak of a case all the same.
import { ref } from 'vue'
import type { Act } from './acts'

const prepared: Partial<Record<Act, readonly string[]>> = {
  decide_grant: ['经审查，申请材料齐全，符合法定形式和规定条件，准予许可。', '经现场核查和材料审查，符合规定条件，同意。'],
  decide_refuse: ['经审查，〔事实〕，不符合〔法律名称、条款〕规定的〔条件〕，决定不予许可。'],
  refuse_acceptance: ['该事项依法不需要取得行政许可。', '该事项不属于本机关职权范围，请向〔有权机关〕申请。'],
  suspend: ['依法需要〔听证、检验、检测、专家评审〕，所需时间不计入办理期限。'],
  extend: ['案情复杂，需要进一步核实〔事项〕，二十日内不能作出决定，经批准延长。'],
  forward: ['经初审，申请材料齐全，符合法定形式，同意转报。'],
  take_back: ['上级机关审查意见：〔意见〕。'],
  withdraw: ['申请人自愿撤回申请，申请书附卷。'],
  reverse: ['当日录入错误：〔何处录错〕。'],
  terminate: ['〔事实〕，申请已无法继续办理，决定终止。'],
  close_uncorrected: ['补正期限届满，申请人没有补交〔材料〕。'],
  explain_overdue: ['超期原因：〔原因〕；已采取的措施：〔措施〕；预计办结：〔日期〕。'],
  order_supervision: ['办件临近期限仍未办结，请说明情况并按期办理。', '办件已经超期，请当日说明原因和办结日期。'],
  answer_supervision: ['已核实：〔情况〕；〔日期〕前办结。'],
  inspect_site: ['现场核查情况：〔场所、设施、人员〕，与申报〔一致、不一致之处〕。'],
  inform_third_party: ['该行政许可直接关系您的重大利益，您有权陈述、申辩，并可要求听证。'],
}
// Of what is no permit, the same in its own words.
const others: typeof prepared = {
  decide_grant: ['经审查，申请材料齐全，符合规定条件，准予办理。', '经现场核查和材料审查，符合规定条件，同意。'],
  decide_refuse: ['经审查，〔事实〕，不符合〔规定名称、条款〕规定的〔条件〕，决定不予办理。'],
  refuse_acceptance: ['该事项不属于本机关职权范围，请向〔有权机关〕申请。'],
  extend: ['案情复杂，需要进一步核实〔事项〕，不能按期办结，依照〔依据〕经批准延长。'],
}
const kAll = 'yichuang.opinions'
let place = ''
const own = ref<Record<string, string[]>>({})
/** On signing in: this account's own texts from now on; what others kept in this browser goes. */
export function opinionsOf(account: string) {
  place = `${kAll}.${encodeURIComponent(account)}`
  own.value = {}
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(kAll) && name !== place) localStorage.removeItem(name)
    own.value = JSON.parse(localStorage.getItem(place) ?? '{}') as Record<string, string[]>
  } catch {
    /* nothing was kept */
  }
}
/** On signing out: nothing of them stays on the page; they are there again when the same account comes back first. */
export function hideOpinions() {
  place = ''
  own.value = {}
}
export const opinionsFor = (act: Act, permit = true): readonly string[] => [...((permit ? undefined : others[act]) ?? prepared[act] ?? []), ...(own.value[act] ?? [])]
export const isOwn = (act: Act, words: string) => (own.value[act] ?? []).includes(words)
function keep() {
  try {
    if (place) localStorage.setItem(place, JSON.stringify(own.value))
  } catch {
    /* it holds until the page is closed */
  }
}
export function addOpinion(act: Act, words: string) {
  const w = words.trim()
  if (!w || opinionsFor(act).includes(w)) return
  own.value = { ...own.value, [act]: [...(own.value[act] ?? []), w].slice(-20) }
  keep()
}
export function removeOpinion(act: Act, words: string) {
  own.value = { ...own.value, [act]: (own.value[act] ?? []).filter((w) => w !== words) }
  keep()
}
/** The first place to fill in, for the caret. */
export function firstGap(words: string): [number, number] | null {
  const m = /〔[^〕]*〕/.exec(words)
  return m ? [m.index, m.index + m[0].length] : null
}
