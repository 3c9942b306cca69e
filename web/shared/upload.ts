// What may be sent, looked at before the first byte leaves: kind by name and by what the browser says, size. The program looks again.
export const kLargest = 50 * 1024 * 1024
export const kAccepted = '.pdf,.ofd,.jpg,.jpeg,.png,.docx,.xlsx,.txt,.zip'
const kinds = /\.(pdf|ofd|jpe?g|png|docx|xlsx|txt|zip)$/i

/** '' or the word of what is wrong. */
export function wrongWithFile(file: { name: string; size: number }): '' | 'empty' | 'too_large' | 'kind' {
  if (file.size === 0) return 'empty'
  if (file.size > kLargest) return 'too_large'
  return kinds.test(file.name) ? '' : 'kind'
}
/** "1.2 MB" */
export function sizeWords(bytes: number): string {
  return bytes >= 1_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1000))} kB`
}
