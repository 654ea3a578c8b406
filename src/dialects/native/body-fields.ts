import { invalidInput } from '../../core/refusal.ts'

type Body = Readonly<Record<string, unknown>>

/** A text that may be stored. @throws RefusedError `invalid-input` where it is absent, empty, too long or no text */
export function requiredText(body: Body, field: string, longest: number): string {
  const value = optionalText(body, field, longest)
  if (value === undefined || value.trim() === '') throw invalidInput(field, 'This is required.')
  return value
}

/** As {@link requiredText}; undefined for null and what is not there. */
export function optionalText(body: Body, field: string, longest: number): string | undefined {
  const value = Object.hasOwn(body, field) ? body[field] : undefined
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw invalidInput(field, 'This must be text.')
  if ([...value].length > longest) throw invalidInput(field, `This may have ${longest} characters at most.`)
  if (value.includes('\0') || !value.isWellFormed())
    throw invalidInput(field, 'This holds characters that cannot be stored.')
  return value
}

/** A moment as ISO-8601 with zone; undefined where it is not there. */
export function optionalInstant(body: Body, field: string): Date | undefined {
  const text = optionalText(body, field, 40)
  if (text === undefined) return undefined
  const instant = new Date(text)
  if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(instant.getTime()))
    throw invalidInput(field, 'This must be a time such as 2026-11-21T07:42:00Z.')
  return instant
}
