/**
 * Value of a `Content-Disposition` header for a file name as a user gave it: an ASCII form for old clients and, when
 * that loses something, the UTF-8 form. Path separators and control characters never get through.
 *
 * @see RFC 6266 4.1 and appendix D, RFC 8187 3.2
 */
export function contentDisposition(filename: string, type: 'attachment' | 'inline' = 'attachment'): string {
  const name = safeFilename(filename)
  const ascii = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(NOT_PLAIN, '_')
  const quoted = `${type}; filename="${ascii.replaceAll('"', "'")}"`
  return ascii === name ? quoted : `${quoted}; filename*=UTF-8''${encodeExtended(name)}`
}

const NOT_PLAIN = /[^\x20-\x7e]|[%\\]/g

/** What a file name may contain everywhere; `download` when nothing of it is left. At most 200 characters. */
export function safeFilename(filename: string): string {
  const lastPart = filename.slice(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1)
  const cleaned = lastPart
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/[<>:"|?*]/g, '_')
    .trim()
  return shorten(cleaned.replace(/^\.+/, '')) || 'download'
}

const MAX_LENGTH = 200

/** Keeps the extension: it is what tells the user's system how to open the file. */
function shorten(name: string): string {
  const characters = [...name]
  if (characters.length <= MAX_LENGTH) return name
  const extension = /\.[^.]{1,16}$/u.exec(name)?.[0] ?? ''
  return characters.slice(0, MAX_LENGTH - [...extension].length).join('') + extension
}

function encodeExtended(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
