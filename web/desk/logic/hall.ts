// What everybody at the desk needs of the hall: its windows, departments and matters, read once; a matter in full when a case needs it.
import { defineStore } from 'pinia'
import { computed, reactive, ref } from 'vue'
import { api, asked, type Got } from '@/api/client'
import { useSession } from '@/shared/session'
import { today } from './clock'

export type Hall = Got<'/api/casework/hall'>
export type MatterLine = NonNullable<Got<'/api/casework/matters'>['matters']>[number]
export type Matter = Got<'/api/casework/matters/{code}'>

export const useHall = defineStore('hall', () => {
  const session = useSession()
  const hall = ref<Hall | null>(null)
  const matters = ref<MatterLine[]>([])
  const full = reactive(new Map<string, Matter>())
  const chosen = ref(kept())

  function kept(): string {
    try {
      return localStorage.getItem('yichuang.window') ?? ''
    } catch {
      return ''
    }
  }
  let reading: Promise<void> | null = null
  function load(): Promise<void> {
    return (reading ??= (async () => {
      const [h, m] = await Promise.all([asked(api.GET('/api/casework/hall')), asked(api.GET('/api/casework/matters'))])
      if (h.ok) hall.value = h.value
      if (m.ok) matters.value = m.value.matters ?? []
      if (!h.ok || !m.ok) reading = null
    })())
  }
  async function matter(code: string): Promise<Matter | null> {
    const known = full.get(code)
    if (known) return known
    const a = await asked(api.GET('/api/casework/matters/{code}', { params: { path: { code } } }))
    if (!a.ok) return null
    full.set(code, a.value)
    return a.value
  }
  const windows = computed(() => hall.value?.windows ?? [])
  /** The windows that this person may sit at: their own, or all when the account names none. */
  const myWindows = computed(() => {
    const own = session.me?.windows ?? []
    return own.length > 0 ? windows.value.filter((w) => own.includes(w.code)) : windows.value
  })
  const myWindow = computed({
    get: () => (myWindows.value.some((w) => w.code === chosen.value) ? chosen.value : session.me?.windows?.[0] ?? ''),
    set: (code: string) => {
      chosen.value = code
      try {
        localStorage.setItem('yichuang.window', code)
      } catch {
        /* it holds until the page is closed */
      }
    },
  })
  /** 接续: on the day of the centre's first case and before it, never again. */
  const carriesOver = computed(() => hall.value !== null && (!hall.value.opening_day || hall.value.opening_day === today.value))
  const windowName = (code: string) => windows.value.find((w) => w.code === code)?.name ?? code
  const departmentName = (code: string) => hall.value?.departments?.find((d) => d.code === code)?.name ?? code
  return { hall, matters, full, load, matter, windows, carriesOver, myWindows, myWindow, windowName, departmentName }
})
