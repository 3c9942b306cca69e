// 动态口令: what a page shows of the otpauth:// link that the program gives once, and a code as people type it.
import { normalNumber } from '@/shared/text'

export interface Enrolment {
  issuer: string
  account: string
  secret: string
  groups: string[] // the secret in fours, to be typed from the screen
}
/** otpauth://totp/ISSUER:ACCOUNT?secret=BASE32&…; nothing where it is none. */
export function enrolmentOf(link: string): Enrolment | null {
  const m = /^otpauth:\/\/totp\/([^:?]+):([^?]+)\?(.*)$/.exec(link)
  const secret = m ? new URLSearchParams(m[3]).get('secret') : null
  if (!m || !secret) return null
  return { issuer: decodeURIComponent(m[1]!), account: decodeURIComponent(m[2]!), secret, groups: secret.match(/.{1,4}/g) ?? [] }
}
/** Six digits, also typed in full width or in two groups; nothing where it is no code. */
export function codeOf(typed: string): string {
  const code = normalNumber(typed).replace(/-/g, '')
  return /^\d{6}$/.test(code) ? code : ''
}
