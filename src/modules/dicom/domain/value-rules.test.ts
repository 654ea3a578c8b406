import { describe, expect, it } from 'vitest'
import { RefusedError } from '../../../core/refusal.ts'
import { findKeyword } from './dictionary.ts'
import { makeElement, problemOfValues } from './make-element.ts'
import { type FormValue, parseFormField, shortenDecimal } from './parse-form-field.ts'
import { readDisplayTexts } from './read-value.ts'
import { fitsMultiplicity } from './value-multiplicity.ts'
import { isValidUid, problemOfNumber, problemOfText } from './value-rules.ts'
import type { Vr } from './vr.ts'

describe('problemOfText accepts', () => {
  it.each<[Vr, string]>([
    ['AE', 'STORE_SCP'],
    ['AS', '045Y'],
    ['CS', 'ORIGINAL 2_A'],
    ['DA', '20240229'],
    ['DS', ' -1.5E+3 '],
    ['DS', '.5'],
    ['DT', '2024'],
    ['DT', '20240229101530.123456+0200'],
    ['DT', '2024022910-0330'],
    ['IS', '-2147483648'],
    ['LO', 'ünïcode'],
    ['LT', 'two\r\nlines'],
    ['PN', 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
    ['PN', 'a^b^c^d^e'],
    ['SH', '1234567890123456'],
    ['TM', '10'],
    ['TM', '235960.999999'],
    ['UI', '1.2.840.0.1'],
    ['UR', 'https://example.org/a?b=%20'],
  ])('%s %j', (vr, value) => expect(problemOfText(vr, value)).toBeUndefined())
})

describe('problemOfText refuses', () => {
  it.each<[Vr, string, string]>([
    ['AE', '12345678901234567', 'Ensure this field has no more than 16 characters.'],
    ['AE', '   ', 'This field may not be blank.'],
    ['AE', 'a\\b', 'Only ASCII characters without backslash are allowed in this field.'],
    ['AS', '45Y', 'Use three digits and one of D, W, M, Y, for example 045Y.'],
    ['CS', 'lower', 'Only capital letters, digits, blanks and underscores are allowed in this field.'],
    ['DA', '20230229', 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'],
    ['DA', '2023.01.01', 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'],
    ['DS', '1,5', 'A valid number is required.'],
    ['DS', '1.23456789012345678', 'Ensure this field has no more than 16 characters.'],
    ['IS', '1.5', 'A valid integer is required.'],
    ['IS', '2147483648', 'Ensure this value is between -2147483648 and 2147483647.'],
    ['LO', 'x'.repeat(65), 'Ensure this field has no more than 64 characters.'],
    ['LO', 'tab\t', 'Backslashes and control characters are not allowed in this field.'],
    ['LT', '\u0007', 'Control characters are not allowed in this field.'],
    ['PN', 'a=b=c=d', 'Use at most three groups separated by = with five components each.'],
    ['PN', 'x'.repeat(65), 'Ensure each group of the name has no more than 64 characters.'],
    ['TM', '24', 'Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]].'],
    ['TM', '10:15', 'Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]].'],
    ['UI', '1.02', 'Not a valid UID.'],
    ['UI', `1.${'2'.repeat(63)}`, 'Not a valid UID.'],
    ['UR', ' http://a', 'Enter a valid URL.'],
  ])('%s %j', (vr, value, problem) => expect(problemOfText(vr, value)).toBe(problem))
})

it('checks DT offsets and dates', () => {
  expect(problemOfText('DT', '20240230')).toContain('Datetime has wrong format')
  expect(problemOfText('DT', '20240229+1500')).toContain('Datetime has wrong format')
  expect(problemOfText('DT', '20240229-0000')).toContain('Datetime has wrong format')
})

it.each<[Vr, number | bigint, string | undefined]>([
  ['US', 65535, undefined],
  ['US', 65536, 'Ensure this value is between 0 and 65535.'],
  ['SS', -32768, undefined],
  ['UL', -1, 'Ensure this value is between 0 and 4294967295.'],
  ['SV', 2n ** 63n, 'Ensure this value is between -9223372036854775808 and 9223372036854775807.'],
  ['US', 1.5, 'A valid integer is required.'],
  ['FD', Number.NaN, undefined],
])('checks %s %s', (vr, value, problem) => expect(problemOfNumber(vr, value)).toBe(problem))

it.each([
  ['1', 1, true],
  ['1', 2, false],
  ['1-n', 99, true],
  ['1-n', 0, false],
  ['2-2n', 4, true],
  ['2-2n', 3, false],
  ['3-3n', 6, true],
  ['1-3', 4, false],
  ['2-n', 3, true],
  ['16', 16, true],
])('value multiplicity %s and %s values: %s', (vm, count, fits) =>
  expect(fitsMultiplicity(vm, count)).toBe(fits),
)

it('knows UIDs', () => {
  expect(['0.0', '2.25.1', '1.2.840.10008.1.2'].every(isValidUid)).toBe(true)
  expect(['', '1', '1.', '.1', '1..2', '1.2a'].some(isValidUid)).toBe(false)
})

it('names the field of a strictly made element', () => {
  expect(() => makeElement(0x00280010, [1, 2])).toThrow('Rows: Ensure this field has 1 values.')
  expect(problemOfValues(0x00280030, 'DS', ['1', '2'])).toBeUndefined()
})

describe('parseFormField', () => {
  function parse(keyword: string, ...parts: readonly FormValue[]): readonly string[] {
    const entry = findKeyword(keyword)
    if (!entry) throw new Error(keyword)
    const element = parseFormField(entry, parts)
    return readDisplayTexts(element, { elements: new Map([[element.tag, element]]), parent: undefined })
  }

  it.each([
    ['StudyDate', ['2024-10-13'], ['20241013']],
    ['StudyDate', ['20241013'], ['20241013']],
    ['StudyTime', ['10:15'], ['101500']],
    ['StudyTime', ['10:15:30.5'], ['101530.5']],
    ['StudyTime', ['101530'], ['101530']],
    ['AcquisitionDateTime', ['2024-10-13T10:15:30+02:00'], ['20241013101530+0200']],
    ['AcquisitionDateTime', ['2024-10-13T10:15Z'], ['20241013101500+0000']],
    ['PixelSpacing', ['0.5\\0.25'], ['0.5', '0.25']],
    ['PixelSpacing', ['0.5', '0.25'], ['0.5', '0.25']],
    ['PatientWeight', ['71.12345678901234567'], ['71.1234567890124']],
    ['FrameIncrementPointer', ['(0018,1063)'], ['(0018,1063)']],
    ['FrameIncrementPointer', ['00181063', '00181065'], ['(0018,1063)', '(0018,1065)']],
    ['ImageType', ['DERIVED\\SECONDARY'], ['DERIVED', 'SECONDARY']],
    ['SmallestImagePixelValue', ['7'], ['7']],
    ['EchoTrainLength', [' 3'], ['3']],
  ])('reads %s %j', (keyword, parts, values) => expect(parse(keyword, ...parts)).toEqual(values))

  it.each([
    ['PatientName', [''], 'This field may not be blank.'],
    ['PatientWeight', ['heavy'], 'A valid number is required.'],
    ['PatientWeight', [''], 'A valid number is required.'],
    ['SeriesNumber', ['1.5'], 'A valid integer is required.'],
    ['RecommendedDisplayFrameRate', ['x'], 'A valid integer is required.'],
    ['ExposureTimeInms', ['x'], 'A valid number is required.'],
    ['FrameIncrementPointer', ['nonsense'], 'Expected a list of items but got type "str".'],
    [
      'EncapsulatedDocument',
      ['text'],
      'The submitted data was not a file. Check the encoding type on the form.',
    ],
    ['OtherPatientIDsSequence', ['not json'], 'Sequences must be given as DICOM JSON.'],
    ['OtherPatientIDsSequence', ['[{"00100020":{"vr":"XX"}}]'], 'Sequences must be given as DICOM JSON.'],
    ['PixelSpacing', ['0.5'], 'Ensure this field has 2 values.'],
    ['StudyInstanceUID', ['1.2.x'], 'Not a valid UID.'],
  ])('refuses %s %j', (keyword, parts, problem) => {
    expect(() => parse(keyword, ...parts)).toThrow(
      new RefusedError({ kind: 'invalid-input', problems: [{ field: keyword, problem }] }),
    )
  })

  it.each([
    ['0.1234567890123456', '0.12345678901235'],
    ['-1234567890.123456789', '-1234567890.1235'],
    ['1e-200000', '1e-200000'],
    ['12', '12'],
  ])('shortens %s to %s', (long, short) => expect(shortenDecimal(long)).toBe(short))
})
