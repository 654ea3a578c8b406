/** What a file is called on the wire: after its owner, with the extension that it came with. */
export function nameFile(owner: string | number, uploadedName: string): string {
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(uploadedName)?.[0] ?? ''
  return `${owner}${extension}`
}
