import type { SavedReport } from '../../api/reports.ts'

/** `435` → `07:15`. */
export function clockOf(minuteOfDay: number): string {
  const twoDigits = (value: number): string => String(value).padStart(2, '0')
  return `${twoDigits(Math.floor(minuteOfDay / 60))}:${twoDigits(minuteOfDay % 60)}`
}

/** Every quarter of an hour of a day, as choices. */
export const QUARTERS: readonly { readonly value: string; readonly label: string }[] = Array.from(
  { length: 96 },
  (_, index) => ({ value: String(index * 15), label: clockOf(index * 15) }),
)

const VISIBLE = { owner: 'Only me', groups: 'Some groups', everybody: 'Everybody who may' } as const

export function visibilityWords({ visibility, isOwn }: Pick<SavedReport, 'visibility' | 'isOwn'>): string {
  return visibility === 'owner' && !isOwn ? 'Only its owner' : VISIBLE[visibility]
}

export const VISIBILITIES = Object.entries(VISIBLE).map(([value, label]) => ({ value, label }))
