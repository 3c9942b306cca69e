// What every page of the portal knows: the hall, the catalogue, the program's clock. Each is asked for once.
import { ref } from 'vue'
import { api, asked, type Got } from '@/api/client'
import { dayOf } from '@/shared/days'
import type { Trouble } from '@/shared/trouble'

export type Hall = Got<'/api/casework/hall'>
export type MatterLine = NonNullable<Got<'/api/casework/matters'>['matters']>[number]
export type Health = Got<'/api/health'>

export const hall = ref<Hall | null>(null)
export const matters = ref<MatterLine[] | null>(null)
export const health = ref<Health | null>(null)
export const hallTrouble = ref<Trouble | null>(null)
export const today = () => (health.value ? dayOf(health.value.now) : '')

let asking: Promise<void> | null = null
export function loadHall(): Promise<void> {
  return (asking ??= (async () => {
    hallTrouble.value = null
    const [h, m, s] = await Promise.all([asked(api.GET('/api/casework/hall')), asked(api.GET('/api/casework/matters')), asked(api.GET('/api/health'))])
    if (h.ok) hall.value = h.value
    if (m.ok) matters.value = m.value.matters ?? []
    if (s.ok) health.value = s.value
    const bad = [h, m, s].find((a) => !a.ok)
    if (bad && !bad.ok) {
      hallTrouble.value = bad.trouble
      asking = null // asked again by the next page
    }
  })())
}
