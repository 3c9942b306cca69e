// Invented people: numbers with right check characters, from a region code that no card has.
export function citizenNumber(serial) {
  const first = `510199199003${String(10 + (serial % 18)).padStart(2, '0')}${String(900 + serial).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  return first + '10X98765432'[weights.reduce((sum, w, i) => sum + w * Number(first[i]), 0) % 11]
}
export const fullWidth = (s) => s.replace(/[0-9A-Z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
export const password = 'seven quiet windows'

export const pdf = (name) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n') })

/** Registers by the page, on to `to`. */
export async function register(page, base, account, to = '/my') {
  await page.goto(`${base}/account/register?to=${encodeURIComponent(to)}`)
  await page.fill('#account', account)
  await page.fill('#password', password)
  await page.fill('#again', password)
  await page.click('form.ask button')
  await page.waitForURL(base + to)
}
/** Binds an account to a person, as a clerk does with the card in hand. */
export const bind = (house, account, number) => house.operator('/api/identity/bind_applicant', { account, kind: 'citizen', number })
