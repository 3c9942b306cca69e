/** A citizen's number as the house shows it (src/crypto/masking.cpp): 110***********002X. */
export const maskedNumber = (n: string) => (n.length === 18 ? `${n.slice(0, 3)}${'*'.repeat(11)}${n.slice(-4)}` : '*'.repeat(n.length))
