import type { FieldKind } from '../../../core/record.ts'
import { formatZopeDate } from '../wire/zope-dates.ts'

/** A stored value of a plain field as the wire shows it. @see specification 1.7 */
export function presentValue(kind: FieldKind, value: unknown, zone: string): unknown {
  switch (kind) {
    case 'instant':
      return value instanceof Date ? formatZopeDate(value, zone) : null
    case 'day':
      return typeof value === 'string' ? `${value.replaceAll('-', '/')} 00:00:00 GMT+0` : null
    case 'decimal':
      return typeof value === 'number' ? value.toFixed(2) : ''
    case 'duration':
      return typeof value === 'number' ? durationParts(value) : null
    case 'boolean':
      return value === true
    case 'integer':
    case 'number':
    case 'json':
    case 'choice':
      return value ?? null
    default:
      return value ?? ''
  }
}

export function durationParts(seconds: number): {
  readonly days: number
  readonly hours: number
  readonly minutes: number
} {
  const minutes = Math.floor(seconds / 60)
  return { days: Math.floor(minutes / 1440), hours: Math.floor((minutes % 1440) / 60), minutes: minutes % 60 }
}
