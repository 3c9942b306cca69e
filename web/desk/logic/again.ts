// A session that ended in the middle of something: the page stays as it is, the person signs in again in front of it, and what they
// wanted goes on. One question at a time, however many calls wait for its answer.
import { ref } from 'vue'
import { asked, type Answer } from '@/api/client'
import { isExpired } from '@/shared/trouble'

export const signInWanted = ref(false)
let waiting: Promise<boolean> | null = null
let settle: (signedIn: boolean) => void = () => {}

export function signInAgain(): Promise<boolean> {
  waiting ??= new Promise<boolean>((done) => {
    settle = done
    signInWanted.value = true
  })
  return waiting
}
export function signInAnswered(signedIn: boolean) {
  signInWanted.value = false
  waiting = null
  settle(signedIn)
}

/** A question to the API that survives the end of the session: asked again after signing in. A password on the page that is wrong (changing
    one's own) is answered with the same status, and no session has ended. */
export async function ask<T>(call: () => Promise<{ data?: T; error?: unknown; response: Response }>): Promise<Answer<T>> {
  const first = await asked(call())
  if (first.ok || !isExpired(first.trouble) || first.trouble.code === 'identity.login_failed' || !(await signInAgain())) return first
  return asked(call())
}
