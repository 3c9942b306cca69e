// What people type and paste, brought into the form that the law and the ledger want, without losing a character of a name.

// Full-width ASCII (Ａ１－) to ASCII, and the full-width space.
function halfWidth(s: string): string {
  return s.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ')
}
// Characters that nobody sees and that come with a paste from other programs; not the joiners within a script.
const kInvisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]/g
// What other keyboards write for the dot of a name: • ‧ ∙ ⋅ ・ ･ ． ˙ ᛫
const kDots = /[\u2022\u2027\u2219\u22c5\u30fb\uff65\uff0e\u02d9\u16eb]/g

/** Identity numbers, credit codes, phones, case numbers: half width, no spaces or invisible characters, letters large. */
export function normalNumber(s: string): string {
  return halfWidth(s).replace(kInvisible, '').replace(/\s+/g, '').replace(/[‐‑‒–—−]/g, '-').toUpperCase()
}

/** A name: trimmed, one kind of dot (·), spaces single. Rare characters stay as they are: no compatibility folding. */
export function normalName(s: string): string {
  return s.normalize('NFC').replace(kInvisible, '').replace(kDots, '·').replace(/[\s\u3000]+/g, ' ').replace(/ ?· ?/g, '·').trim()
}

/** Free text: what cannot be seen goes, line breaks stay. */
export function normalText(s: string): string {
  return s.normalize('NFC').replace(kInvisible, '').replace(/\r\n?/g, '\n').trim()
}

/** Search words: half width, single spaces. */
export function normalQuery(s: string): string {
  return halfWidth(s).replace(kInvisible, '').replace(/\s+/g, ' ').trim()
}

/** Length in characters as people count, not UTF-16 units. */
export function characters(s: string): number {
  return [...s].length
}

/** GB 11643-1999: 18 places, a date that exists, the check character. */
export function isCitizenNumber(s: string): boolean {
  if (!/^\d{17}[\dX]$/.test(s)) return false
  const y = Number(s.slice(6, 10)), m = Number(s.slice(10, 12)), d = Number(s.slice(12, 14))
  const date = new Date(Date.UTC(y, m - 1, d))
  if (y < 1850 || date.getUTCFullYear() !== y || date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return false
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((a, w, i) => a + w * Number(s[i]), 0)
  return '10X98765432'[sum % 11] === s[17]
}

/** GB 32100-2015: 18 places without I, O, S, V, Z; the check character. */
export function isCreditCode(s: string): boolean {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(s)) return false
  let sum = 0
  for (let i = 0, w = 1; i < 17; ++i, w = (w * 3) % 31) sum += w * alphabet.indexOf(s[i]!)
  return alphabet[(31 - (sum % 31)) % 31] === s[17]
}

/** A mobile number, or a number with its area code. */
export function isPhone(s: string): boolean {
  return /^1[3-9]\d{9}$/.test(s) || /^0\d{2,3}-?\d{7,8}$/.test(s)
}
