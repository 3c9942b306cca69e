// A QR code as a picture that the policy allows: an SVG in a data: address.
import qrcode from 'qrcode-generator'

export function qrPicture(text: string): string {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const n = code.getModuleCount()
  let path = ''
  for (let y = 0; y < n; ++y) for (let x = 0; x < n; ++x) if (code.isDark(y, x)) path += `M${x + 2} ${y + 2}h1v1h-1z`
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${n + 4} ${n + 4}" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path d="${path}" fill="#1b1f24"/></svg>`)}`
}
