// What is written on a page of a case, and whether an answer says anything.
import { beforeEach, describe, expect, it } from 'vitest'
import { nextTick, reactive } from 'vue'
import { createPinia, setActivePinia } from 'pinia'
import { actKey } from '@/api/client'
import { keepOnly, useKept } from '@/portal/kept'
import { useSession } from '@/shared/session'
import { isUnsure } from '@/shared/trouble'

const as = (account: string) => (useSession().me = account ? ({ account, kind: 'applicant' } as never) : null)
beforeEach(() => {
  sessionStorage.clear()
  setActivePinia(createPinia())
})

describe('what is written on a page of a case', () => {
  it('outlives a reload, until it is sent', async () => {
    as('a')
    const first = reactive({ reason: '' })
    useKept('withdraw/1', first)
    expect(sessionStorage.length).toBe(0)
    first.reason = '改天再办'
    as('')
    const second = reactive({ reason: '' })
    const kept = useKept('withdraw/1', second)
    expect([kept.ready.value, second.reason]).toEqual([false, '']) // nobody is known yet
    as('a')
    await nextTick()
    expect([kept.ready.value, second.reason]).toEqual([true, '改天再办'])
    kept.forget()
    second.reason = '之后'
    expect(sessionStorage.length).toBe(0)
  })
  it('is nobody else’s, and goes on signing out', async () => {
    as('a')
    const first = reactive({ reason: '' })
    useKept('withdraw/1', first)
    first.reason = '林某的话'
    setActivePinia(createPinia()) // another page load
    as('a.b')
    const second = reactive({ reason: '' })
    useKept('withdraw/1', second)
    expect([second.reason, sessionStorage.length]).toEqual(['', 0])
    as('c') // signed in beside the page
    await nextTick()
    second.reason = '写到一半'
    expect(sessionStorage.length).toBe(0)
    const third = reactive({ reason: '' })
    useKept('withdraw/2', third)
    third.reason = '写到一半'
    expect(sessionStorage.length).toBe(1)
    keepOnly()
    expect(sessionStorage.length).toBe(0)
  })
  it('does not write over what was typed before it was known who is here', async () => {
    sessionStorage.setItem('yichuang.portal.form.a/evaluate/1', '{"comment":"旧"}')
    const form = reactive({ comment: '' })
    useKept('evaluate/1', form)
    form.comment = '新'
    as('a')
    await nextTick()
    expect(form.comment).toBe('新')
    expect(sessionStorage.getItem('yichuang.portal.form.a/evaluate/1')).toContain('新')
  })
})
it('other words are another act, the same words the same', () => {
  const key = actKey()
  const first = key.of({ reason: 'a', version: 1 })
  expect(key.of({ reason: 'a', version: 1 })).toBe(first)
  expect(key.of({ reason: 'a', version: 2 })).not.toBe(first)
})
it('where nothing came back, or a proxy answered, it is not known whether it was done', () => {
  const of = (status: number) => isUnsure({ code: '', sentence: '', nextStep: '', where: '', status })
  expect([0, 502, 504].every(of)).toBe(true)
  expect([401, 409, 422, 429, 500, 503].some(of)).toBe(false)
})
