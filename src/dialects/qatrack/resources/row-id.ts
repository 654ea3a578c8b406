import { NOT_FOUND, WireError } from '../../../platform/http/wire-error.ts'

/** The id in an address. @throws WireError 404 for what cannot be one */
export function rowIdOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new WireError(404, NOT_FOUND)
  return Number(text)
}
