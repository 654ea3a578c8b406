import { describe, expect, it } from 'vitest'
import { cleanText, identifyingWords } from './clean-text.ts'
import { type ConfidentialityOption, profileAction } from './confidentiality-profile.ts'
import type { DataSet } from './data-set.ts'
import { type Deidentification, type Deidentified, deidentify, mayShowIdentity } from './deidentify.ts'
import { example, exampleElements, exampleSequence } from './example-files.ts'
import { presentJsonModel } from './json-model.ts'
import { makeBytesElement, makeDataSet, makeElement } from './make-element.ts'
import { findByKeyword } from './metadata-text.ts'
import { findText } from './read-value.ts'
import { dateShiftDays, shiftDate, shiftDateTime } from './shift-date.ts'
import { TAGS } from './tag.ts'

const KEY = Buffer.alloc(32, 7)

function run(
  dataSet: DataSet,
  options: readonly ConfidentialityOption[] = [],
  more: Partial<Deidentification> = {},
): Deidentified {
  return deidentify(dataSet, {
    options: new Set(options),
    key: KEY,
    pixels: 'confirmed',
    method: 'Touchstone 0.1',
    ...more,
  })
}

function text(dataSet: DataSet, keyword: string): string | undefined {
  const element = findByKeyword(dataSet, keyword)
  return element && findText(dataSet, element.tag)
}

const ORIGINAL = makeDataSet(exampleElements())

describe('deidentify', () => {
  it('leaves no name, number, date or private value by the Basic Profile', () => {
    const json = JSON.stringify(presentJsonModel(run(ORIGINAL).dataSet))
    for (const trace of [
      'Doe',
      'Jane',
      '4711',
      '1950',
      '2024',
      'Saint',
      'Rita',
      'ACC1234567',
      '2.25.1"',
      'PRIVATE',
    ]) {
      expect(json).not.toContain(trace)
    }
    expect(text(run(ORIGINAL).dataSet, 'Modality')).toBe('CT')
  })

  it.each([
    ['PatientName', undefined],
    ['AccessionNumber', undefined],
    ['PatientSex', undefined],
    ['PatientIdentityRemoved', 'YES'],
    ['LongitudinalTemporalInformationModified', 'REMOVED'],
    ['DeidentificationMethod', 'Touchstone 0.1'],
    ['SOPClassUID', '1.2.840.10008.5.1.4.1.1.2'],
  ])('writes %s as %s', (keyword, value) =>
    expect(text(run(ORIGINAL).dataSet, keyword) || undefined).toBe(value),
  )

  it('marks the profile and every option by its code', () => {
    const { dataSet } = run(ORIGINAL, ['retain-device-identity', 'clean-descriptors'])
    const items = findByKeyword(dataSet, 'DeidentificationMethodCodeSequence')?.items ?? []
    expect(items.map((item) => text(item, 'CodeValue'))).toEqual(['113100', '113109', '113105'])
  })

  it('replaces the same UID by the same one everywhere, under the same key only', () => {
    const uid = (key: Uint8Array, keyword: string): string | undefined =>
      text(run(ORIGINAL, [], { key }).dataSet, keyword)
    expect(uid(KEY, 'StudyInstanceUID')).toMatch(/^2\.25\.\d{30,39}$/)
    expect(uid(KEY, 'StudyInstanceUID')).toBe(uid(KEY, 'StudyInstanceUID'))
    expect(uid(KEY, 'StudyInstanceUID')).not.toBe(uid(KEY, 'SeriesInstanceUID'))
    expect(uid(Buffer.alloc(32, 8), 'StudyInstanceUID')).not.toBe(uid(KEY, 'StudyInstanceUID'))
    const nested = makeDataSet([
      ...exampleElements(),
      exampleSequence('SourceImageSequence', [example('ReferencedSOPInstanceUID', '2.25.1')]),
    ])
    const result = run(nested).dataSet
    const [item] = findByKeyword(result, 'SourceImageSequence')?.items ?? []
    expect(item && text(item, 'ReferencedSOPInstanceUID')).toBe(text(result, 'SOPInstanceUID'))
  })

  it('keeps what the options keep', () => {
    expect(text(run(ORIGINAL, ['retain-uids']).dataSet, 'StudyInstanceUID')).toBe('2.25.2')
    expect(text(run(ORIGINAL, ['retain-full-dates']).dataSet, 'StudyDate')).toBe('20240229')
    expect(text(run(ORIGINAL, ['retain-full-dates']).dataSet, 'PatientBirthDate')).toBeUndefined()
    expect(text(run(ORIGINAL, ['retain-patient-characteristics']).dataSet, 'PatientSex')).toBe('F')
    expect(text(run(ORIGINAL, ['retain-institution-identity']).dataSet, 'InstitutionName')).toBe(
      'Saint Example',
    )
  })

  it('shifts all dates of a patient by the same days and keeps the times', () => {
    const { dataSet } = run(ORIGINAL, ['retain-modified-dates'])
    const moved = text(dataSet, 'StudyDate') ?? ''
    const other = makeDataSet([...exampleElements(), example('StudyDate', '20240310')])
    const later = text(run(other, ['retain-modified-dates']).dataSet, 'StudyDate') ?? ''
    const day = (date: string): number =>
      Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6))) / 86_400_000
    expect(day(later) - day(moved)).toBe(10)
    expect(day(moved)).toBeLessThan(day('20240229'))
    expect(text(dataSet, 'StudyTime')).toBe('101530.5')
    expect(text(dataSet, 'LongitudinalTemporalInformationModified')).toBe('MODIFIED')
  })

  it('cleans descriptions of words that identify', () => {
    expect(text(run(ORIGINAL).dataSet, 'StudyDescription')).toBeUndefined()
    expect(text(run(ORIGINAL, ['clean-descriptors']).dataSet, 'StudyDescription')).toBe(
      'Chest of REMOVED, REMOVED',
    )
  })

  it('keeps listed private elements with their creator, and only those', () => {
    const siemens = makeDataSet([
      ...exampleElements(),
      makeElement(0x00190010, 'SIEMENS MR HEADER', 'LO'),
      makeElement(0x0019100c, '1000', 'IS'),
      makeElement(0x00191001, '5', 'IS'),
    ])
    const { dataSet } = run(siemens, ['retain-safe-private'])
    expect([...dataSet.elements.keys()].filter((tag) => tag >>> 16 === 0x19)).toEqual([
      0x00190010, 0x0019100c,
    ])
    expect([...run(siemens).dataSet.elements.keys()].filter((tag) => tag >>> 16 === 0x19)).toEqual([])
  })

  it('reports paths and actions, never values', () => {
    const { changes } = run(ORIGINAL)
    expect(changes).toContainEqual({ path: 'PatientID', tag: 0x00100020, action: 'replaced' })
    expect(changes).toContainEqual({ path: 'StudyInstanceUID', tag: 0x0020000d, action: 'uid-replaced' })
    expect(changes).toContainEqual({ path: '(0019,1001)', tag: 0x00191001, action: 'removed' })
    expect(changes).toContainEqual({ path: 'ReferringPhysicianName', tag: 0x00080090, action: 'emptied' })
    expect(JSON.stringify(changes)).not.toMatch(/Doe|4711|2\.25/)
  })

  it('refuses contradictory options, risky pixels and short keys', () => {
    expect(() => run(ORIGINAL, ['retain-full-dates', 'retain-modified-dates'])).toThrow(
      'Dates are either kept or modified',
    )
    const picture = makeDataSet([
      ...exampleElements(),
      example('Modality', 'US'),
      makeBytesElement(TAGS.pixelData, 'OB', Uint8Array.of(1, 2)),
    ])
    expect(() => run(picture, [], { pixels: 'refuse-risky' })).toThrow('The pixels may show')
    expect(text(run(picture, [], { pixels: 'cleaned' }).dataSet, 'BurnedInAnnotation')).toBe('NO')
    expect(() => run(ORIGINAL, [], { key: Buffer.alloc(4) })).toThrow('too short')
  })

  it.each([
    ['US', undefined, true],
    ['US', 'NO', false],
    ['CT', undefined, false],
    ['CT', 'YES', true],
  ])('judges %s pixels with Burned In Annotation %s: %s', (modality, burnedIn, risky) => {
    const dataSet = makeDataSet([
      example('Modality', modality),
      ...(burnedIn ? [example('BurnedInAnnotation', burnedIn)] : []),
      makeBytesElement(TAGS.pixelData, 'OB', Uint8Array.of(1, 2)),
    ])
    expect(mayShowIdentity(dataSet)).toBe(risky)
  })
})

it.each<[number, readonly ConfidentialityOption[], string]>([
  [0x00100010, [], 'empty'],
  [0x00080018, [], 'replace-uid'],
  [0x00080018, ['retain-uids'], 'keep'],
  [0x00080012, ['retain-modified-dates'], 'clean'],
  [0x00080012, ['retain-modified-dates', 'retain-full-dates'], 'keep'],
  [0x00104000, [], 'remove'],
  [0x00104000, ['clean-descriptors'], 'clean'],
  [0x50003000, [], 'remove'],
  [0x60023000, ['clean-graphics'], 'remove'],
  [0x60020010, [], 'keep'],
  [0x00280010, [], 'keep'],
  [0x00091001, [], 'remove'],
])('the profile of %i under %j is %s', (tag, options, action) =>
  expect(profileAction(tag, new Set(options))).toBe(action),
)

it.each([
  ['20240301', -1, '20240229'],
  ['20240101', -366, '20221231'],
  ['00010101', -1, undefined],
  ['20230229', -1, undefined],
])('moves %s by %i days to %s', (date, days, moved) => expect(shiftDate(date, days)).toBe(moved))

it('moves date-times with their time and shifts patients apart', () => {
  expect(shiftDateTime('20240301101530.5+0100', -1)).toBe('20240229101530.5+0100')
  expect(shiftDateTime('2024', -1)).toBeUndefined()
  expect(dateShiftDays('A', KEY)).not.toBe(dateShiftDays('B', KEY))
})

it.each([
  ['seen by Rita on 2024-01-05', 'seen by REMOVED on REMOVED'],
  ['call 555123 or a.b@c.org', 'call REMOVED or REMOVED'],
  ['RITA, ritalin', 'REMOVED, ritalin'],
  ['T1 axial 3 mm', 'T1 axial 3 mm'],
])('cleans %j to %j', (before, after) =>
  expect(cleanText(before, identifyingWords(['Referrer^Rita']))).toBe(after),
)
