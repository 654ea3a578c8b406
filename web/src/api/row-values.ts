import type { Reference } from './records.ts'

/** The row that a field of a row refers to; null where it refers to none. */
export function referenceOf(value: unknown): Reference | null {
  return typeof value === 'object' && value !== null && 'id' in value && 'label' in value
    ? (value as Reference)
    : null
}

/** What the row that a field refers to is called. */
export function labelOf(value: unknown): string {
  return referenceOf(value)?.label ?? '–'
}

export function referencesOf(value: unknown): readonly Reference[] {
  return Array.isArray(value) ? value.flatMap((one) => referenceOf(one) ?? []) : []
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
