// The focus of a form that is switched off while it is sent. jsdom leaves it there; the tests take it away.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepFocus } from '@/shared/focus'

describe('the focus of a form that is sent', () => {
  const told = () => new Promise<void>((done) => setTimeout(done)) // after the observers
  let stop = () => {}
  let place: HTMLInputElement
  let other: HTMLButtonElement
  beforeEach(() => {
    document.body.innerHTML = '<form><fieldset><input id="place"></fieldset></form><button id="other">x</button>'
    place = document.querySelector('#place')!
    other = document.querySelector('#other')!
    stop = keepFocus()
    place.focus()
  })
  afterEach(() => {
    stop()
    document.body.innerHTML = ''
  })
  async function sent(switchable: HTMLInputElement | HTMLFieldSetElement, meanwhile: () => void = () => {}) {
    switchable.disabled = true
    await told()
    const around = place.parentElement!
    place.remove() // what a browser does with the next picture, jsdom does when an element goes
    around.append(place)
    expect(document.activeElement).toBe(document.body)
    meanwhile()
    switchable.disabled = false
    await told()
    return document.activeElement
  }
  it('comes back to the field', async () => expect(await sent(place)).toBe(place))
  it('comes back to a field that was off with its group', async () => expect(await sent(document.querySelector('fieldset')!)).toBe(place))
  it('stays where the page or the person has put it', async () => expect(await sent(place, () => other.focus())).toBe(other))
  it('stays away after a click on nothing', async () => expect(await sent(place, () => document.body.dispatchEvent(new Event('pointerdown', { bubbles: true })))).toBe(document.body))
  it('goes nowhere when the field is gone', async () => expect(await sent(place, () => place.remove())).toBe(document.body))
})
