/** Where labels lie on a sheet, in millimetres; the pitch is from one label's edge to the same edge of the next. */
export type LabelSheet = {
  readonly pageWidthMm: number
  readonly pageHeightMm: number
  readonly columns: number
  readonly rows: number
  readonly labelWidthMm: number
  readonly labelHeightMm: number
  readonly leftMm: number
  readonly topMm: number
  readonly pitchXMm: number
  readonly pitchYMm: number
}

/** A roll is a sheet of one label. */
export function labelRoll(widthMm: number, heightMm: number): LabelSheet {
  return {
    ...{ pageWidthMm: widthMm, pageHeightMm: heightMm, labelWidthMm: widthMm, labelHeightMm: heightMm },
    ...{ columns: 1, rows: 1, leftMm: 0, topMm: 0, pitchXMm: widthMm, pitchYMm: heightMm },
  }
}

const A4 = { pageWidthMm: 210, pageHeightMm: 297 }
const LETTER = { pageWidthMm: 215.9, pageHeightMm: 279.4 }

/** Sheets and rolls that are sold everywhere, by their trade names; measures as their makers print them. */
export const LABEL_SHEETS: Readonly<Record<string, LabelSheet>> = {
  'A4 3×7, 63.5×38.1 mm (L7160)': {
    ...A4,
    ...{ columns: 3, rows: 7, labelWidthMm: 63.5, labelHeightMm: 38.1 },
    ...{ leftMm: 7.25, topMm: 15.15, pitchXMm: 66.04, pitchYMm: 38.1 },
  },
  'A4 2×7, 99.1×38.1 mm (L7163)': {
    ...A4,
    ...{ columns: 2, rows: 7, labelWidthMm: 99.1, labelHeightMm: 38.1 },
    ...{ leftMm: 4.65, topMm: 15.15, pitchXMm: 101.6, pitchYMm: 38.1 },
  },
  'A4 5×13, 38.1×21.2 mm (L7651)': {
    ...A4,
    ...{ columns: 5, rows: 13, labelWidthMm: 38.1, labelHeightMm: 21.2 },
    ...{ leftMm: 4.75, topMm: 10.7, pitchXMm: 40.6, pitchYMm: 21.2 },
  },
  'Letter 3×10, 66.7×25.4 mm (5160)': {
    ...LETTER,
    ...{ columns: 3, rows: 10, labelWidthMm: 66.675, labelHeightMm: 25.4 },
    ...{ leftMm: 4.7625, topMm: 12.7, pitchXMm: 69.85, pitchYMm: 25.4 },
  },
  'Roll 38×13 mm, for vials': labelRoll(38, 13),
  'Roll 50×25 mm': labelRoll(50, 25),
  'Roll 62×29 mm': labelRoll(62, 29),
  'Roll 100×50 mm': labelRoll(100, 50),
}
