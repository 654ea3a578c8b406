import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDay } from '../../../core/calendar.ts'
import { isFlagged } from './flagging.ts'
import { completionToStore, workTimesProblem } from './session-times.ts'
import {
  constantProblem,
  missingTests,
  type PerformedTest,
  readSubmission,
  type SessionEntry,
  type Submission,
  submissionProblems,
} from './submission.ts'
import { equalValues, type SubmittedEntry, textOf } from './submitted-entry.ts'
import { type JsonValue, NO_VALUE } from './test-result.ts'
import type { TestType } from './test-type.ts'
import { NOT_BASE64, readUpload } from './uploaded-content.ts'

const TIMES = {
  workStarted: new Date('2019-07-25T14:49:00Z'),
  workCompleted: new Date('2019-07-25T14:49:47Z'),
}

function makeTest(type: TestType, changes: Partial<PerformedTest> = {}): PerformedTest {
  return { id: 1, macro: 'test1', type, constantValue: null, reference: null, ...changes }
}

function makeSubmission(changes: Partial<Submission>): Submission {
  return {
    tests: [],
    entries: new Map(),
    kept: new Map(),
    calculated: new Map(),
    analysed: new Map(),
    inProgress: false,
    incomplete: 'refused',
    dates: {
      readDay: parseDay,
      readInstant: (text) => (Number.isNaN(Date.parse(text)) ? undefined : new Date(text)),
    },
    ...changes,
  }
}

/** What one test comes to: its entry, or the list of problems it is in. */
function readOne(test: PerformedTest, entry: SubmittedEntry | undefined, changes: Partial<Submission> = {}) {
  const entries = new Map(entry ? [[test.macro, entry]] : [])
  const read = readSubmission(makeSubmission({ tests: [test], entries, ...changes }))
  if (read.missing.length > 0) return 'missing'
  if (read.wrongType.length > 0) return 'wrong type'
  return read.calculatedGiven.length > 0 ? 'calculated' : read.entries.get(test.macro)
}

function entryOf(result: Partial<SessionEntry['result']>, changes: Partial<SessionEntry> = {}): SessionEntry {
  return { result: { ...NO_VALUE, ...result }, skipped: false, comment: '', ...changes }
}

describe('entered values', () => {
  it.each([
    ['simple', 1.5, { value: 1.5 }],
    ['simple', true, { value: 1 }],
    ['wraparound', 359.5, { value: 359.5 }],
    ['boolean', true, { value: 1 }],
    ['boolean', 0, { value: 0 }],
    ['boolean', null, {}],
    ['multchoice', 'anything', { stringValue: 'anything' }],
    ['multchoice', 3, { stringValue: '3' }],
    ['string', 'text', { stringValue: 'text' }],
    ['string', 2.5, { stringValue: '2.5' }],
    ['string', null, {}],
    ['string', { a: [1] }, { stringValue: '{"a":[1]}' }],
    ['date', '2019-08-01', { dateValue: '2019-08-01' }],
    ['date', 'tomorrow', {}],
    ['date', 7, {}],
    ['datetime', '2019-08-03T03:45:00Z', { datetimeValue: new Date('2019-08-03T03:45:00Z') }],
    ['datetime', 'now', {}],
  ] as const)('a %s takes %j', (type, value, result) => {
    expect(readOne(makeTest(type), { value })).toEqual(entryOf(result as Partial<SessionEntry['result']>))
  })

  it.each([
    ['simple', '1.5'],
    ['simple', null],
    ['simple', [1]],
    ['wraparound', 'x'],
    ['boolean', 2],
    ['boolean', 'yes'],
    ['boolean', {}],
  ] as const)('a %s refuses %j', (type, value) => {
    expect(readOne(makeTest(type), { value })).toBe('wrong type')
    expect(readOne(makeTest(type), { value }, { inProgress: true })).toBe('wrong type')
  })

  it('needs a yes or no that is compared once the session is complete', () => {
    const test = makeTest('boolean', { reference: { value: 1 } })
    expect(readOne(test, { value: null })).toBe('wrong type')
    expect(readOne(test, { value: null }, { inProgress: true })).toEqual(entryOf({}))
  })

  it('treats an entry without a value as empty', () => {
    expect(readOne(makeTest('simple'), {})).toBe('wrong type')
    expect(readOne(makeTest('string'), {})).toEqual(entryOf({}))
  })

  it('keeps the value sent with a skip, unless it is of the wrong type', () => {
    expect(readOne(makeTest('simple'), { skipped: true })).toEqual(entryOf({}, { skipped: true }))
    expect(readOne(makeTest('simple'), { skipped: true, value: 3 })).toEqual(
      entryOf({ value: 3 }, { skipped: true }),
    )
    expect(readOne(makeTest('simple'), { skipped: true, value: 'x' })).toEqual(entryOf({}, { skipped: true }))
    expect(readOne(makeTest('simple'), { skipped: true, value: null })).toEqual(
      entryOf({}, { skipped: true }),
    )
  })

  it('never throws and never stores what is no number in a numeric test', () => {
    const types = fc.constantFrom<TestType>(
      'simple',
      'boolean',
      'string',
      'date',
      'datetime',
      'multchoice',
      'wraparound',
    )
    fc.assert(
      fc.property(types, fc.jsonValue(), (type, value) => {
        const read = readOne(makeTest(type), { value: value as JsonValue })
        if (typeof read === 'object')
          expect(read.result.value === null || Number.isFinite(read.result.value)).toBe(true)
      }),
    )
  })
})

describe('derived values', () => {
  const composite = makeTest('composite')
  const calculated = new Map([['test1', { value: 3, comment: 'remark' }]])

  it.each([undefined, {}, { value: '' }, { value: null }, { value: 3 }] as const)(
    'a composite may be sent as %j',
    (entry) => {
      expect(readOne(composite, entry, { calculated })).toEqual(entryOf({ value: 3 }, { comment: 'remark' }))
    },
  )

  it('a composite may not be sent with another value', () => {
    expect(readOne(composite, { value: 4 }, { calculated })).toBe('calculated')
  })

  it('a composite without a result must be skipped', () => {
    const waiting = new Map([['test1', { value: null }]])
    expect(readOne(composite, undefined, { calculated: waiting })).toBe('wrong type')
    expect(readOne(composite, { skipped: true }, { calculated: waiting })).toEqual(
      entryOf({}, { skipped: true }),
    )
  })

  it('a skipped composite is calculated all the same', () => {
    expect(readOne(composite, { skipped: true }, { calculated })).toEqual(
      entryOf({ value: 3 }, { skipped: true, comment: 'remark' }),
    )
  })

  it('a string composite holds text, or JSON of a structure', () => {
    const structure = new Map([['test1', { value: { a: 1 } }]])
    expect(readOne(makeTest('scomposite'), undefined, { calculated: structure })).toEqual(
      entryOf({ stringValue: '{"a":1}' }),
    )
    expect(readOne(makeTest('scomposite'), { value: { a: 1 } }, { calculated: structure })).toEqual(
      entryOf({ stringValue: '{"a":1}' }),
    )
    expect(readOne(makeTest('scomposite'), undefined)).toEqual(entryOf({}))
  })

  it('a constant is always its constant', () => {
    const constant = makeTest('constant', { constantValue: 5 })
    expect(readOne(constant, undefined)).toEqual(entryOf({ value: 5 }))
    expect(readOne(constant, { comment: 'why' })).toEqual(entryOf({ value: 5 }, { comment: 'why' }))
  })

  it('an upload holds its attachment and its analysis, with both comments', () => {
    const analysed = new Map([['test1', { attachmentId: 7, value: { x: 1 }, comment: 'analysed' }]])
    expect(readOne(makeTest('upload'), { comment: 'sent' }, { analysed })).toEqual(
      entryOf({ stringValue: '7', jsonValue: { x: 1 } }, { comment: 'sent\nanalysed' }),
    )
    expect(readOne(makeTest('upload'), { skipped: true })).toBe('missing')
  })
})

describe('constantProblem', () => {
  const constant = makeTest('constant', { constantValue: 1 })
  it.each([undefined, '', null, 1, true])('accepts %j for 1', (value) => {
    const entry = value === undefined ? {} : { value }
    expect(constantProblem([constant], new Map([['test1', entry]]))).toBeUndefined()
  })

  it.each([2, '1', [1]])('refuses %j for 1', (value) => {
    const problem = 'Incorrect constant value passed for test1'
    expect(constantProblem([constant], new Map([['test1', { value }]]))).toBe(problem)
  })
})

describe('an edited session', () => {
  const kept = new Map([['test1', entryOf({ value: 1 }, { comment: 'before' })]])
  const skipped = new Map([['test1', entryOf({}, { skipped: true, comment: 'broken' })]])
  const simple = makeTest('simple')

  it('keeps what is not sent', () => {
    expect(readOne(simple, undefined, { kept })).toEqual(entryOf({ value: 1 }, { comment: 'before' }))
    expect(readOne(simple, undefined, { kept: skipped })).toEqual(
      entryOf({}, { skipped: true, comment: 'broken' }),
    )
    const dated = new Map([['test1', entryOf({ datetimeValue: new Date(0) })]])
    expect(readOne(makeTest('datetime'), undefined, { kept: dated })).toEqual(
      entryOf({ datetimeValue: new Date(0) }),
    )
  })

  it('takes a comment alone, keeping the value', () => {
    expect(readOne(simple, { comment: 'after' }, { kept })).toEqual(
      entryOf({ value: 1 }, { comment: 'after' }),
    )
  })

  it('is no longer skipped once a value is sent', () => {
    expect(readOne(simple, { value: 2 }, { kept: skipped })).toEqual(
      entryOf({ value: 2 }, { comment: 'broken' }),
    )
    expect(readOne(simple, { skipped: false }, { kept: skipped })).toBe('wrong type')
  })

  it('loses the value that is skipped', () => {
    expect(readOne(simple, { skipped: true }, { kept })).toEqual(
      entryOf({}, { skipped: true, comment: 'before' }),
    )
  })

  it('does not repeat the remark of a procedure', () => {
    const calculated = new Map([['test1', { value: 3, comment: 'remark' }]])
    const again = new Map([['test1', entryOf({ value: 2 }, { comment: 'mine\nremark' })]])
    expect(readOne(makeTest('composite'), undefined, { calculated, kept: again })).toEqual(
      entryOf({ value: 3 }, { comment: 'mine\nremark' }),
    )
  })

  it('keeps the file of an upload', () => {
    const upload = new Map([['test1', entryOf({ stringValue: '7', jsonValue: 1 })]])
    expect(readOne(makeTest('upload'), undefined, { kept: upload })).toEqual(
      entryOf({ stringValue: '7', jsonValue: 1 }),
    )
  })
})

it('a form may leave a session in progress incomplete', () => {
  const changes = { inProgress: true, incomplete: 'allowed' } as const
  for (const type of ['simple', 'boolean', 'string', 'composite', 'upload', 'date'] as const) {
    expect(readOne(makeTest(type), undefined, changes), type).toEqual(entryOf({}))
  }
  expect(readOne(makeTest('simple'), { value: null }, changes)).toEqual(entryOf({}))
  expect(readOne(makeTest('simple'), { value: 'x' }, changes)).toBe('wrong type')
  expect(readOne(makeTest('simple'), undefined, { ...changes, inProgress: false })).toBe('missing')
})

describe('submissionProblems', () => {
  const tests = [
    makeTest('simple', { id: 9, macro: 'b' }),
    makeTest('simple', { id: 2, macro: 'a' }),
    makeTest('string', { id: 3, macro: 'c' }),
    makeTest('composite', { id: 4, macro: 'd' }),
    makeTest('composite', { id: 5, macro: 'e' }),
    makeTest('constant', { id: 6, macro: 'f', constantValue: 1 }),
  ]

  it('reports everything at once, in order, by test id', () => {
    const entries = new Map<string, SubmittedEntry>([['d', { value: 4 }]])
    const calculated = new Map([
      ['d', { value: 3 }],
      ['e', { value: null }],
    ])
    const submission = makeSubmission({ tests, entries, calculated })
    const late = { workStarted: TIMES.workCompleted, workCompleted: TIMES.workStarted }
    expect(submissionProblems(readSubmission(submission), late).join('\n')).toBe(
      [
        'Missing data for tests: a, c, b',
        'Wrong value type (number/string) for tests: e',
        "If these are composite tests with missing dependencies, they should be marked as skipped in your request (e.g. {'tests': {'e': {'skipped': True}}})",
        'The following tests are calculated automatically and should not have values provided: d',
        'work_completed date must be after work_started',
      ].join('\n'),
    )
    expect(missingTests(submission)).toEqual(['a', 'c', 'b'])
  })

  it('is silent where nothing is wrong, also about macros nobody knows', () => {
    const entries = new Map<string, SubmittedEntry>([
      ['test1', { value: 1 }],
      ['unknown', { value: 'x' }],
    ])
    const read = readSubmission(makeSubmission({ tests: [makeTest('simple')], entries }))
    expect(submissionProblems(read, TIMES)).toEqual([])
    expect([...read.entries.keys()]).toEqual(['test1'])
  })
})

describe('work times', () => {
  it('adds a minute where both are equal', () => {
    const same = { workStarted: TIMES.workStarted, workCompleted: new Date(TIMES.workStarted) }
    expect(completionToStore(same)).toEqual(new Date('2019-07-25T14:50:00Z'))
    expect(completionToStore(TIMES)).toEqual(TIMES.workCompleted)
    expect(workTimesProblem(same)).toBeUndefined()
  })
})

describe('isFlagged', () => {
  it.each([
    ['boolean', true, 1, false, true],
    ['boolean', true, 0, false, false],
    ['boolean', false, 0, false, true],
    ['boolean', false, null, false, false],
    ['boolean', null, 1, false, false],
    ['boolean', true, 1, true, false],
    ['simple', true, 1, false, false],
  ] as const)(
    'by a %s that flags when %j and is %j (skipped: %j): %j',
    (type, flagWhen, value, skipped, flagged) => {
      expect(isFlagged([{ type, flagWhen, value, skipped }])).toBe(flagged)
    },
  )
})

describe('readUpload', () => {
  it.each([
    [{ filename: 'a.txt', value: 'aGk=' }, 'hi'],
    [{ filename: 'a.txt', value: 'aGk=', encoding: 'base64' }, 'hi'],
    [{ filename: 'a.txt', value: 'hé', encoding: 'text' }, 'hé'],
    [{ filename: 'a.txt', value: '', encoding: 'utf' }, ''],
  ])('reads %j', (entry, text) => {
    const read = readUpload('up', entry)
    expect('upload' in read && Buffer.from(read.upload.content).toString('utf8')).toBe(text)
  })

  it.each([
    [{ value: 'aGk=' }, 'up is missing the filename field'],
    [{ filename: 'a' }, 'up is missing the value field'],
    [{ filename: 'a', value: '' }, NOT_BASE64],
    [{ filename: 'a', value: 'aGk' }, NOT_BASE64],
    [{ filename: 'a', value: 'aG k' }, NOT_BASE64],
    [{ filename: 'a', value: 'aGk=\n' }, NOT_BASE64],
    [{ filename: 'a', value: 'aG-_' }, NOT_BASE64],
    [{ filename: 'a', value: 'a=k=' }, NOT_BASE64],
    [{ filename: 'a', value: '====' }, NOT_BASE64],
  ])('refuses %j', (entry, problem) => {
    expect(readUpload('up', entry)).toEqual({ problem })
  })

  it('reads back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        const read = readUpload('up', { filename: 'f', value: Buffer.from(bytes).toString('base64') })
        expect('upload' in read && [...read.upload.content]).toEqual([...bytes])
      }),
    )
  })
})

it.each([
  [1, true, true],
  [1, 1.0, true],
  ['1', 1, false],
  [{ a: [1, 2] }, { a: [1, 2] }, true],
  [{ a: 1 }, { b: 1 }, false],
  [{ a: null }, {}, false],
  [[1], { 0: 1 }, false],
  [null, 0, false],
])('compares %j and %j as Python does: %j', (a, b, expected) => {
  expect(equalValues(a, b)).toBe(expected)
})

it.each([
  [3, '3'],
  [-0.00001, '-1e-05'],
  [1e20, '1e+20'],
  [true, 'True'],
  [[1, 'a'], '[1,"a"]'],
])('writes %j as %s', (value, text) => {
  expect(textOf(value)).toBe(text)
})
