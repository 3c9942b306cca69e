/** A number for one act: sent again with it, the act is done once. Without crypto.randomUUID on plain http inside a house. */
export function newKey(): string {
  return crypto.randomUUID?.() ?? '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (c) => (Number(c) ^ (crypto.getRandomValues(new Uint8Array(1))[0]! & (15 >> (Number(c) / 4)))).toString(16))
}
