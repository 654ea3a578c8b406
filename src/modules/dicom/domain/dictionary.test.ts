import { describe, expect, it } from 'vitest'
import { findEntry, findKeyword, listEntries } from './dictionary.ts'
import { fieldTypeText, listFieldTypes } from './field-types.ts'
import { findUid } from './uid-names.ts'

describe('the dictionary of PS3.6', () => {
  it('has the 5085 keywords with a tag of their own, in tag order and without repeats', () => {
    const entries = listEntries()
    expect(entries).toHaveLength(5085)
    expect(new Set(entries.map(({ keyword }) => keyword)).size).toBe(5085)
    expect(entries.map(({ tag }) => tag)).toEqual(entries.map(({ tag }) => tag).sort((a, b) => a - b))
  })

  it.each([
    [0x00100010, 'PN', '1', 'PatientName', "Patient's Name"],
    [
      0x00281101,
      'US or SS',
      '3',
      'RedPaletteColorLookupTableDescriptor',
      'Red Palette Color Lookup Table Descriptor',
    ],
    [0x7fe00010, 'OB or OW', '1', 'PixelData', 'Pixel Data'],
    [0x60023000, 'OB or OW', '1', 'OverlayData', 'Overlay Data'],
  ])('knows %s', (tag, vr, vm, keyword, name) => {
    expect(findEntry(tag)).toEqual({ tag, vr, vm, keyword, name, retired: false })
  })

  it('finds tags by keyword, and nothing where there is none', () => {
    expect(findKeyword('Rows')?.tag).toBe(0x00280010)
    expect(findKeyword('rows')).toBeUndefined()
    expect(findEntry(0x00090010)).toBeUndefined()
  })

  it('names UIDs', () => {
    expect(findUid('1.2.840.10008.1.2.4.50')?.name).toBe('JPEG Baseline (Process 1)')
    expect(findUid('1.2.3')).toBeUndefined()
  })
})

describe('field types', () => {
  it.each([
    ['FD', "<class 'float'>"],
    ['DS', "<class 'pydicom.valuerep.DSfloat'>"],
    ['US', "<class 'int'>"],
    ['US or SS', "<class 'str'>"],
    ['SQ', "<class 'str'>"],
    ['AT', "<class 'tuple'>"],
    ['OL', "<class 'str'>"],
  ])('writes %s as %s', (vr, text) => expect(fieldTypeText(vr)).toBe(text))

  it('counts as many of each as the users have seen', () => {
    const counts = new Map<string, number>()
    for (const text of Object.values(listFieldTypes())) counts.set(text, (counts.get(text) ?? 0) + 1)
    expect(counts.get("<class 'str'>")).toBe(3056)
    expect(counts.get("<class 'float'>")).toBe(602)
    expect(counts.get("<class 'int'>")).toBe(471)
    expect(counts.get("<class 'bytes'>")).toBe(77)
  })
})
