// What every page of the people does alike: reads, tells trouble, says what was done, reads again behind it.
import { ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Trouble } from '@/shared/trouble'
import { newKey } from '@/api/client'
import { ask } from '../logic/again'
import { useOutbox, type Done } from '../logic/outbox'

export function useReading<T>(call: (position?: string) => Promise<{ data?: T; error?: unknown; response: Response }>) {
  const { t } = useI18n()
  const outbox = useOutbox()
  const value = ref(null) as Ref<T | null>
  const trouble = ref<Trouble | null>(null)
  const said = ref('')
  const sending = ref(false)
  async function load(position?: string) {
    const a = await ask(() => call(position))
    trouble.value = a.ok ? null : a.trouble
    if (a.ok) value.value = a.value
  }
  async function done(act: string, a: Done) {
    said.value = ''
    await load(a.position)
    said.value = t('did', { act }) // said when the page shows it
  }
  /** An act without a form: a button. */
  async function give(path: string, body: Record<string, unknown>, act: string): Promise<boolean> {
    if (sending.value) return false
    sending.value = true
    const a = await outbox.give(path, body, { what: act, about: '', key: newKey() })
    sending.value = false
    if (!a.ok) {
      trouble.value = a.trouble
      return false
    }
    await done(act, a.value)
    return true
  }
  return { value, trouble, said, sending, load, done, give }
}
export const behind = (position?: string) => (position ? { after_position: position } : {})
/** First and last day of the month of a day. */
export function monthOf(day: string): { from: string; to: string } {
  const [y, m] = day.split('-').map(Number) as [number, number]
  return { from: `${day.slice(0, 7)}-01`, to: `${day.slice(0, 7)}-${String(new Date(Date.UTC(y, m, 0)).getUTCDate()).padStart(2, '0')}` }
}
/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  const t = new Date(`${day}T00:00:00Z`)
  t.setUTCDate(t.getUTCDate() - ((t.getUTCDay() + 6) % 7))
  return t.toISOString().slice(0, 10)
}
