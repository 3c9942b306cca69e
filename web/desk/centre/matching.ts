/** Whether each of the words stands somewhere in the texts; nothing typed matches all. */
export function matches(words: string, ...texts: readonly (string | undefined)[]): boolean {
  const all = texts.join(' ').toLowerCase()
  return words.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean).every((w) => all.includes(w))
}
