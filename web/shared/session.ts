// Who is signed in. One store for both entries; the cookie is the session, this is only what the page shows of it.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api, asked, setCsrfToken, type Answer, type Got } from '@/api/client'

export type Me = Got<'/api/identity/me'>

export const useSession = defineStore('session', () => {
  const me = ref<Me | null>(null)
  const known = ref(false) // whether the server has been asked

  function take(value: Me | null) {
    me.value = value
    known.value = true
    setCsrfToken(value?.csrf_token ?? '')
  }
  async function load(): Promise<void> {
    const a = await asked(api.GET('/api/identity/me'))
    if (a.ok) take(a.value)
    else if (a.trouble.status !== 0) take(null)
  }
  const once = (() => {
    let first: Promise<void> | null = null
    return () => (first ??= load())
  })()
  async function enter(call: Promise<Answer<{ csrf_token: string }>>): Promise<Answer<{ csrf_token: string }>> {
    const a = await call
    if (a.ok) {
      setCsrfToken(a.value.csrf_token)
      await load()
    }
    return a
  }
  const signIn = (account: string, password: string, code?: string) =>
    enter(asked(api.POST('/api/identity/login', { body: { account, password, ...(code ? { code } : {}) } })))
  const register = (account: string, password: string) => enter(asked(api.POST('/api/identity/register', { body: { account, password } })))
  async function leave() {
    await asked(api.POST('/api/identity/logout'))
    take(null)
  }
  const isApplicant = computed(() => me.value?.kind === 'applicant')
  const isStaff = computed(() => me.value !== null && me.value.kind !== 'applicant')
  const may = (right: string) => me.value?.rights?.some((r) => r.right === right) ?? false
  return { me, known, load, once, signIn, register, leave, isApplicant, isStaff, may }
})
