import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHyperlink } from './hyperlink.ts'

const NO_MATCH = 'Invalid hyperlink - No URL match.'
const INCORRECT = 'Invalid hyperlink - Incorrect URL match.'
const NOTHING = 'Invalid hyperlink - Object does not exist.'

function read(given: unknown): number | string | undefined {
  const parsed = parseHyperlink('qa/tests')(given, undefined)
  return 'value' in parsed ? parsed.value : parsed.problems[0]
}

describe('parseHyperlink', () => {
  it.each([
    ['/api/qa/tests/3/', 3],
    ['/api/qc/tests/3/', 3],
    ['http://any.host:80/api/qa/tests/3/', 3],
    ['https://any.host/api/qa/tests/3/?x=1#y', 3],
    ['http:/api/qa/tests/3/', 3],
    ['/api/qa/tests/3.json', 3],
    ['/compat/qatrack/api/qa/tests/3/', 3],
    ['/api/qa/%74ests/3/', 3],
    ['/api/qa/tests/3', NO_MATCH],
    ['/api/qa/tests/3/?x=1', NO_MATCH],
    ['api/qa/tests/3/', NO_MATCH],
    ['//any.host/api/qa/tests/3/', NO_MATCH],
    ['/api/qa/test/3/', NO_MATCH],
    ['/api/%zz', NO_MATCH],
    ['http://any.host', NO_MATCH],
    ['x', NO_MATCH],
    ['/api/qa/testlists/3/', INCORRECT],
    ['/api/qa/tests/', INCORRECT],
    ['/api/units/', INCORRECT],
    ['/api/', INCORRECT],
    ['/api/schema/', INCORRECT],
    ['/qa/session/details/3/', INCORRECT],
    ['/api/qa/tests/x/', NOTHING],
    ['/api/qa/tests/99999999999/', NOTHING],
    ['', 'This field may not be null.'],
    [5, 'Incorrect type. Expected URL string, received int.'],
    [5.5, 'Incorrect type. Expected URL string, received float.'],
    [true, 'Incorrect type. Expected URL string, received bool.'],
    [[], 'Incorrect type. Expected URL string, received list.'],
    [{}, 'Incorrect type. Expected URL string, received dict.'],
    [null, 'Incorrect type. Expected URL string, received NoneType.'],
  ])('reads %j', (given, expected) => {
    expect(read(given)).toBe(expected)
  })

  it('reads anything without breaking', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.jsonValue()), (given) => {
        expect(read(given)).toBeDefined()
      }),
    )
  })
})
