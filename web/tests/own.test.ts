// One's own account at the desk: what is read of the link, what counts as a code, and that a wrong password ends no session.
import { describe, expect, it, vi } from 'vitest'
import { ask, signInAnswered, signInWanted } from '@/desk/logic/again'
import { codeOf, enrolmentOf } from '@/desk/logic/second_factor'

describe('the second factor', () => {
  it('reads the link that the program gives once', () => {
    expect(enrolmentOf('otpauth://totp/%E7%A4%BA%E4%BE%8B%E5%A4%A7%E5%8E%85:w01.chen?secret=JBSWY3DPEHPK3PXPAA&issuer=x&algorithm=SHA1&digits=6&period=30')).toEqual({
      issuer: '示例大厅', account: 'w01.chen', secret: 'JBSWY3DPEHPK3PXPAA', groups: ['JBSW', 'Y3DP', 'EHPK', '3PXP', 'AA'],
    })
    expect(enrolmentOf('otpauth://hotp/a:b?secret=AA')).toBeNull()
    expect(enrolmentOf('otpauth://totp/a:b?issuer=a')).toBeNull()
  })
  it('takes six digits however they are typed', () => {
    expect(codeOf('123456')).toBe('123456')
    expect(codeOf(' 123 456 ')).toBe('123456')
    expect(codeOf('１２３－４５６')).toBe('123456')
    for (const no of ['', '12345', '1234567', 'abcdef']) expect(codeOf(no)).toBe('')
  })
})

describe('a question of one’s own page', () => {
  const reply = (code: string) => Promise.resolve({ error: { code, detail: '' }, response: new Response('', { status: 401 }) })
  it('with a wrong password is answered as it is', async () => {
    const call = vi.fn(() => reply('identity.login_failed'))
    expect(await ask(call)).toMatchObject({ ok: false, trouble: { code: 'identity.login_failed' } })
    expect(call).toHaveBeenCalledOnce()
    expect(signInWanted.value).toBe(false)
  })
  it('after the end of the session is asked again when its person has signed in', async () => {
    const call = vi.fn(() => reply('identity.not_signed_in'))
    const answer = ask(call)
    await vi.waitFor(() => expect(signInWanted.value).toBe(true))
    signInAnswered(true)
    await answer
    expect(call).toHaveBeenCalledTimes(2)
  })
})
