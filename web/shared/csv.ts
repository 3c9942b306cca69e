// Tables for a spreadsheet: RFC 4180 with a byte order mark, so that Excel reads Chinese as it is.
export type Cell = string | number | undefined

// A text that begins like a formula would be one to a spreadsheet (CWE-1236): an apostrophe keeps it text. Numbers stay numbers.
function cell(value: Cell): string {
  if (value === undefined) return ''
  const text = typeof value === 'number' ? String(value) : /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}
export const csv = (rows: readonly (readonly Cell[])[]) => '\ufeff' + rows.map((r) => r.map(cell).join(',') + '\r\n').join('')

/** Hands the text to the browser as a file. */
export function save(name: string, text: string, type = 'text/csv;charset=utf-8') {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
