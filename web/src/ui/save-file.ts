/** Offers something made in the browser as a download. */
export function saveFile(name: string, content: Blob | string): void {
  const address = typeof content === 'string' ? content : URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name.replaceAll(/[\\/:*?"<>|]+/g, '-')
  link.click()
  // The download has started with the click; the address is needed no longer.
  if (typeof content !== 'string') URL.revokeObjectURL(address)
}
