import { type DataSet, firstItem } from './data-set.ts'
import { type LookupTable, lookUp, readLutItem } from './lookup-table.ts'
import type { PixelDescription } from './pixel-description.ts'
import { findNumber, findText, readNumbers, readTexts } from './read-value.ts'
import { TAGS, type Tag } from './tag.ts'
import { isUsableWindow, type VoiWindow, windowedValue } from './voi-window.ts'

/** From stored to modality values (PS3.3 C.11.1): rescaled, or looked up. */
export type Modality =
  | { readonly kind: 'linear'; readonly slope: number; readonly intercept: number }
  | { readonly kind: 'table'; readonly table: LookupTable }

/** From modality to display values (PS3.3 C.11.2). `range` spreads what occurs in the image over the display. */
export type Voi =
  | { readonly kind: 'window'; readonly window: VoiWindow }
  | { readonly kind: 'table'; readonly table: LookupTable }
  | { readonly kind: 'range'; readonly min: number; readonly max: number }
  | { readonly kind: 'full'; readonly max: number }

/** The grey pipeline of one frame (PS3.4 annex N.2). Padding is a range of stored values, drawn black. */
export type GreyMapping = {
  readonly modality: Modality
  readonly voi: Voi
  readonly invert: boolean
  readonly padding: PaddingRange | undefined
}

export type PaddingRange = { readonly low: number; readonly high: number }

/** What a caller may choose: a window, one of the file's windows or VOI LUTs by index, or neither. */
export type VoiChoice =
  | { readonly kind: 'default' }
  | { readonly kind: 'window'; readonly window: VoiWindow }
  | { readonly kind: 'file-window'; readonly index: number }
  | { readonly kind: 'voi-lut'; readonly index: number }
  | { readonly kind: 'range' }

const PIXEL_VALUE_TRANSFORMATION: Tag = 0x00289145
const FRAME_VOI_LUT: Tag = 0x00289132

/** Where a macro of an enhanced image is: in the frame's group, the shared one, or the data set itself. */
function findMacro(dataSet: DataSet, frame: number, sequence: Tag): DataSet {
  const groups = [
    dataSet.elements.get(TAGS.perFrameFunctionalGroups)?.items?.[frame],
    firstItem(dataSet, TAGS.sharedFunctionalGroups),
  ]
  for (const group of groups) {
    const item = group && firstItem(group, sequence)
    if (item) return item
  }
  return dataSet
}

/** The Modality LUT of a frame: a table if there is one, else rescale slope and intercept. */
export function readModality(dataSet: DataSet, pixels: PixelDescription, frame: number): Modality {
  const item = firstItem(dataSet, TAGS.modalityLutSequence)
  const table = item && readLutItem(item, pixels.signed)
  if (table) return { kind: 'table', table }
  const macro = findMacro(dataSet, frame, PIXEL_VALUE_TRANSFORMATION)
  const slope = findNumber(macro, TAGS.rescaleSlope) ?? 1
  return {
    kind: 'linear',
    slope: slope === 0 ? 1 : slope,
    intercept: findNumber(macro, TAGS.rescaleIntercept) ?? 0,
  }
}

/** The modality value (HU, optical density, …) of a stored value. */
export function modalityValue(modality: Modality, stored: number): number {
  return modality.kind === 'table'
    ? lookUp(modality.table, stored)
    : stored * modality.slope + modality.intercept
}

/** The windows that a frame offers, unusable ones left out. */
export function listWindows(dataSet: DataSet, frame: number): readonly VoiWindow[] {
  const macro = findMacro(dataSet, frame, FRAME_VOI_LUT)
  const centers = numbersOf(macro, TAGS.windowCenter)
  const widths = numbersOf(macro, TAGS.windowWidth)
  const shape = windowFunction(findText(macro, TAGS.voiLutFunction))
  const named = macro.elements.get(TAGS.windowExplanation)
  const explanations = named ? readTexts(named, macro) : []
  return centers
    .map((center, index): VoiWindow => {
      const explanation = explanations[index]
      const width = widths[index] ?? Number.NaN
      return { center, width, function: shape, ...(explanation === undefined ? {} : { explanation }) }
    })
    .filter(isUsableWindow)
}

function numbersOf(dataSet: DataSet, tag: Tag): readonly number[] {
  const element = dataSet.elements.get(tag)
  return element ? readNumbers(element, dataSet) : []
}

function windowFunction(text: string | undefined): VoiWindow['function'] {
  return text === 'SIGMOID' || text === 'LINEAR_EXACT' ? text : 'LINEAR'
}

/** The VOI LUTs that the image offers, with their explanations. */
export function listVoiLuts(
  dataSet: DataSet,
  pixels: PixelDescription,
): readonly { readonly table: LookupTable; readonly explanation: string }[] {
  return (dataSet.elements.get(TAGS.voiLutSequence)?.items ?? []).flatMap((item) => {
    const table = readLutItem(item, pixels.signed)
    return table ? [{ table, explanation: findText(item, TAGS.lutExplanation) ?? '' }] : []
  })
}

/**
 * The VOI transformation of a frame: the caller's choice, else the first window, else the first VOI LUT; without
 * any, samples of up to 8 bits are shown as they are and wider ones by their range. Undefined: the range of the
 * samples is needed.
 */
export function chooseVoi(
  dataSet: DataSet,
  pixels: PixelDescription,
  { frame, choice }: { readonly frame: number; readonly choice: VoiChoice },
): Voi | undefined {
  if (choice.kind === 'window' && isUsableWindow(choice.window)) return choice
  if (choice.kind === 'range') return undefined
  const windows = listWindows(dataSet, frame)
  const luts = listVoiLuts(dataSet, pixels)
  const lut = luts[choice.kind === 'voi-lut' ? choice.index : 0]
  const window = windows[choice.kind === 'file-window' ? choice.index : 0] ?? windows[0]
  if (choice.kind === 'voi-lut' && lut) return { kind: 'table', table: lut.table }
  if (window) return { kind: 'window', window: pixels.isFloat ? exactly(window) : window }
  if (lut) return { kind: 'table', table: lut.table }
  const isPlainByte = pixels.bitsStored <= 8 && !pixels.signed && !pixels.isFloat
  return isPlainByte ? { kind: 'full', max: 2 ** pixels.bitsStored - 1 } : undefined
}

/** LINEAR takes half a grey level off at both ends, which only whole numbers have. */
function exactly(window: VoiWindow): VoiWindow {
  return window.function === 'LINEAR' ? { ...window, function: 'LINEAR_EXACT' } : window
}

/** Whether black and white change places at the end (PS3.3 C.7.6.3.1.2, C.11.6). */
export function isInverted(dataSet: DataSet, { photometric }: PixelDescription): boolean {
  return photometric === 'MONOCHROME1' || findText(dataSet, TAGS.presentationLutShape) === 'INVERSE'
}

/** Pixel Padding Value and its range limit, as stored values (PS3.3 C.7.5.1.1.2). */
export function readPadding(dataSet: DataSet): PaddingRange | undefined {
  const value = findNumber(dataSet, TAGS.pixelPaddingValue)
  if (value === undefined) return undefined
  const limit = findNumber(dataSet, TAGS.pixelPaddingRangeLimit) ?? value
  return { low: Math.min(value, limit), high: Math.max(value, limit) }
}

/** The display value, 0 to 255, of a stored value. */
export function greyValue({ modality, voi, invert, padding }: GreyMapping, stored: number): number {
  if (padding && stored >= padding.low && stored <= padding.high) return 0
  const shown = Math.round(voiValue(voi, voi.kind === 'full' ? stored : modalityValue(modality, stored)))
  const grey = shown < 0 ? 0 : Math.min(255, shown)
  return invert ? 255 - grey : grey
}

function voiValue(voi: Voi, value: number): number {
  switch (voi.kind) {
    case 'window':
      return windowedValue(value, voi.window, 255)
    case 'table':
      return (lookUp(voi.table, value) / (2 ** voi.table.bits - 1)) * 255
    case 'range':
      return voi.max > voi.min ? ((value - voi.min) / (voi.max - voi.min)) * 255 : 0
    case 'full':
      return (value / voi.max) * 255
  }
}

/**
 * Display values of all stored values of up to 16 bits; index with the low 16 bits of the sample, so that
 * negative ones are found too.
 */
export function greyTable(mapping: GreyMapping, { bitsStored, signed }: PixelDescription): Uint8Array {
  const table = new Uint8Array(65536)
  const first = signed ? -(2 ** (bitsStored - 1)) : 0
  const end = first + 2 ** bitsStored
  for (let stored = first; stored < end; stored += 1) table[stored & 0xffff] = greyValue(mapping, stored)
  return table
}
