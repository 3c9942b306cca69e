// Who is signed in. One store for both entries; the cookie is the session, this is only what the page shows of it.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api, asked, setCsrfToken, type Answer, type Got } from '@/api/client'

export type Me = Got<'/api/identity/me'>

const kSeen = 'yichuang.signed-in'
function remembered(): boolean {
  try {
    return localStorage.getItem(kSeen) !== null
  } catch {
    return true
  }
}
function remember(on: boolean) {
  try {
    if (on) localStorage.setItem(kSeen, localStorage.getItem(kSeen) ?? '1')
    else localStorage.removeItem(kSeen)
  } catch {
    /* then it is asked each time */
  }
}

// Each signing in writes another value, so that other tabs hear of it: their token of the session is an old one.
function entered() {
  try {
    localStorage.setItem(kSeen, String(Date.now()))
  } catch {
    /* then they ask when they are loaded anew */
  }
}

export const useSession = defineStore('session', () => {
  const me = ref<Me | null>(null)
  const known = ref(false) // whether the server has been asked

  function take(value: Me | null) {
    me.value = value
    known.value = true
    remember(value !== null)
    setCsrfToken(value?.csrf_token ?? '')
  }
  async function load(): Promise<void> {
    const a = await asked(api.GET('/api/identity/me'))
    if (a.ok) take(a.value)
    else if (a.trouble.status !== 0) take(null)
  }
  // A stranger's question "who am I" is a refusal, and every refusal stands in the access audit: the portal asks only where somebody
  // signed in with this browser before. The desk asks always.
  let first: Promise<void> | null = null
  const once = (always = false) => (first ??= always || remembered() ? load() : Promise.resolve(take(null)))
  async function enter(call: Promise<Answer<{ csrf_token: string }>>): Promise<Answer<{ csrf_token: string }>> {
    const a = await call
    if (a.ok) {
      setCsrfToken(a.value.csrf_token)
      entered()
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
  addEventListener('storage', (e) => {
    if (e.key === kSeen) void load()
  })
  const isApplicant = computed(() => me.value?.kind === 'applicant')
  const isStaff = computed(() => me.value !== null && me.value.kind !== 'applicant')
  const may = (right: string) => me.value?.rights?.some((r) => r.right === right) ?? false
  return { me, known, load, once, enter, signIn, register, leave, isApplicant, isStaff, may }
})
