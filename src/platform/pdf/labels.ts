import { invalidInput } from '../../core/refusal.ts'
import { type BarcodeSymbology, requireEncodable } from './barcode.ts'
import type { LabelSheet } from './label-sheets.ts'

export type LabelLine = {
  readonly text: string
  /** Points; 8 unless given. A line that is too long is set smaller, down to 5, then cut with an ellipsis. */
  readonly size?: number
  readonly bold?: boolean
}

/** One label: lines of text, and a code at the left (QR, DataMatrix) or at the foot (Code 128). */
export type Label = {
  readonly lines: readonly LabelLine[]
  readonly code?: { readonly symbology: BarcodeSymbology; readonly value: string }
}

export type LabelJob = {
  readonly title: string
  readonly generatedAt: Date
  readonly sheet: LabelSheet
  readonly labels: readonly Label[]
  /** Places of the first sheet that are used up already. */
  readonly skip?: number
  /** Hairline frames, to see on plain paper whether the printer meets the labels. */
  readonly frames?: boolean
}

export const MAX_LABELS = 2_000

/** @throws RefusedError `invalid-input` for what no printer could print, before any drawing */
export function requirePrintable(job: LabelJob): void {
  const { sheet, labels, skip = 0 } = job
  if (labels.length === 0) throw invalidInput('labels', 'There is no label to print.')
  if (labels.length > MAX_LABELS)
    throw invalidInput('labels', `At most ${MAX_LABELS} labels are printed at once.`)
  if (!Number.isInteger(skip) || skip < 0 || skip >= sheet.columns * sheet.rows) {
    throw invalidInput('skip', 'There are not so many places on a sheet.')
  }
  requirePossibleSheet(sheet)
  for (const { code, lines } of labels) {
    if (code) requireEncodable(code.symbology, code.value)
    if (lines.length > 20) throw invalidInput('labels', 'A label has at most 20 lines.')
  }
}

function requirePossibleSheet(sheet: LabelSheet): void {
  const lengths = [sheet.pageWidthMm, sheet.pageHeightMm, sheet.labelWidthMm, sheet.labelHeightMm]
  const counts = [sheet.columns, sheet.rows]
  const offsets = [sheet.leftMm, sheet.topMm, sheet.pitchXMm, sheet.pitchYMm]
  const possible =
    lengths.every((length) => length >= 8 && length <= 1000) &&
    counts.every((count) => Number.isInteger(count) && count >= 1 && count <= 100) &&
    offsets.every((offset) => offset >= 0 && offset <= 1000)
  const right = sheet.leftMm + (sheet.columns - 1) * sheet.pitchXMm + sheet.labelWidthMm
  const bottom = sheet.topMm + (sheet.rows - 1) * sheet.pitchYMm + sheet.labelHeightMm
  if (!possible || right > sheet.pageWidthMm + 0.5 || bottom > sheet.pageHeightMm + 0.5) {
    throw invalidInput('sheet', 'These labels do not fit their sheet.')
  }
}
