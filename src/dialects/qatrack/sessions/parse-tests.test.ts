import { describe, expect, it } from 'vitest'
import { parseWithNumberTexts } from '../wire/number-texts.ts'
import { parseTests } from './parse-tests.ts'

function read(json: string) {
  const { value, numberTexts } = parseWithNumberTexts(json)
  const parsed = parseTests({ value, numberTexts })(value, undefined)
  return 'value' in parsed ? Object.fromEntries(parsed.value) : parsed.problems
}

describe('parseTests', () => {
  it('keeps numbers as they were typed', () => {
    expect(read('{"a":{"value":2.50},"b":{"value":3},"c":{"value":"4"}}')).toEqual({
      a: { value: 2.5, valueText: '2.50' },
      b: { value: 3, valueText: '3' },
      c: { value: '4' },
    })
  })

  it('leaves out what was not sent, or is null', () => {
    expect(read('{"a":{},"b":{"skipped":null,"comment":null,"value":null,"other":1}}')).toEqual({
      a: {},
      b: { value: null },
    })
  })

  it('reads skips and comments as the framework does', () => {
    expect(read('{"a":{"skipped":"Yes","comment":5},"b":{"skipped":0,"comment":""}}')).toEqual({
      a: { skipped: true, comment: '5' },
      b: { skipped: false, comment: '' },
    })
  })

  it('takes any text as the content of a file', () => {
    expect(read('{"a":{"filename":"x","value":"\\u0000","encoding":"text"}}')).toEqual({
      a: { filename: 'x', value: '\0', encoding: 'text' },
    })
  })
})
