import type { JsonValue } from './test-result.ts'

/** A file inside a JSON body: its name, and its content as base64 (unless said otherwise) or as text. */
export type UploadEntry = {
  readonly filename?: JsonValue
  readonly value?: JsonValue
  readonly encoding?: JsonValue
}

export type UploadedContent = { readonly filename: string; readonly content: Uint8Array }

/** The problem with a file's content that its sender has to know; used for test files and for attachments. */
export const NOT_BASE64 = 'base64 encoding requested but content does not appear to be base64'

/** Reads the file that was sent for an upload test. */
export function readUpload(
  macro: string,
  { filename, value, encoding }: UploadEntry,
): { readonly upload: UploadedContent } | { readonly problem: string } {
  if (typeof filename !== 'string') return { problem: `${macro} is missing the filename field` }
  if (typeof value !== 'string') return { problem: `${macro} is missing the value field` }
  const content = decodeContent(value, encoding)
  return content ? { upload: { filename, content } } : { problem: NOT_BASE64 }
}

/** Bytes of a file sent as text; every encoding but `base64`, the default, means UTF-8. Undefined if not base64. */
export function decodeContent(value: string, encoding: JsonValue = 'base64'): Uint8Array | undefined {
  return encoding === 'base64' ? decodeBase64(value) : Buffer.from(value, 'utf8')
}

/** Strict: the standard alphabet, padded, no white space, not empty. Linear, for contents of many megabytes. */
function decodeBase64(text: string): Uint8Array | undefined {
  if (text === '' || text.length % 4 !== 0 || text.includes('-') || text.includes('_')) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  if (padding > 0 && text.indexOf('=') !== text.length - padding) return undefined
  const bytes = Buffer.from(text, 'base64')
  // Foreign characters are passed over by the decoder, so that too few bytes come out.
  return bytes.length === (text.length / 4) * 3 - padding ? bytes : undefined
}
