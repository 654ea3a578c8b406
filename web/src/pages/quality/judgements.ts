import type { WireEntity } from '../../../../src/dialects/native/quality/report.schema.ts'

/** What can be said about an entity. */
export const JUDGEMENTS: Readonly<
  Record<WireEntity['status'], { readonly label: string; readonly meaning: string }>
> = {
  unconfirmed: { label: 'Unconfirmed', meaning: 'nobody has looked at it; it counts' },
  confirmed: { label: 'Confirmed', meaning: 'it was looked at and counts' },
  fixed: { label: 'Fixed', meaning: 'it is gone at the next measurement; until then it is ignored' },
  false_positive: { label: 'False positive', meaning: 'it is none; ignored' },
  wont_fix: { label: "Won't fix", meaning: 'it stays as it is; ignored' },
}
