/** One thing of a list goes up or down. */
export function moved<T>(list: T[], at: number, by: number) {
  const [one] = list.splice(at, 1)
  if (one !== undefined) list.splice(at + by, 0, one)
}
/** One a line, without empty ones. */
export const linesOf = (text: string) => text.split('\n').map((s) => s.trim()).filter(Boolean)
/** Names side by side, however somebody parted them. */
export const namesOf = (text: string) => text.split(/[、，,;；\s]+/).filter(Boolean)
