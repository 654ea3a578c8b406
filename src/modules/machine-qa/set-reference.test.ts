import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { findHistory } from '../audit/find-history.ts'
import { getRecord } from '../records/get-record.ts'
import { retireRecord } from '../records/retire-record.ts'
import { makeConfigurationContext } from './configuration/testing.ts'
import { copyReferences } from './copy-references.ts'
import { refusalOf } from './performing/testing.ts'
import { referenceValue } from './records/reference.ts'
import { tolerance } from './records/tolerance.ts'
import { referenceHistory } from './reference-history.ts'
import { type ReferenceSetting, setReference, setReferences } from './set-reference.ts'
import { shipDefaults } from './ship-defaults.ts'
import {
  makeChoiceTolerance,
  makeInfo,
  makeTest,
  makeTolerance,
  makeUnit,
  makeUser,
  QA_TEST_MIGRATIONS,
  TEST_NOW,
  type TestParts,
} from './testing.ts'

const LIMITS = { actLow: -3, tolLow: -2, tolHigh: 2, actHigh: 3 }

forEachDatabase('references and tolerances', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: Context
  let unitId: number
  let tolerances: Readonly<Record<'absolute' | 'percent' | 'choice' | 'yesNo', number>>
  beforeAll(async () => {
    database = await open()
    ctx = await makeConfigurationContext(database)
    await shipDefaults(ctx)
    unitId = await makeUnit(database, { name: 'Unit 1' })
    tolerances = {
      absolute: await makeTolerance(database, { type: 'absolute', ...LIMITS }),
      percent: await makeTolerance(database, { type: 'percent', ...LIMITS }),
      choice: await makeChoiceTolerance(database, { mcPassChoices: 'pass' }),
      yesNo: 1,
    }
  })

  const infoOf = async (parts: TestParts = {}, unit = unitId) =>
    makeInfo(database, unit, await makeTest(database, parts))

  it('sets a reference and a tolerance, and remembers what was before, who and why', async () => {
    const id = await infoOf()
    const first = await setReference(
      ctx,
      { unitTestInfoId: id, value: 100, toleranceId: tolerances.percent },
      'measured',
    )
    expect(first).toMatchObject({ isChanged: true, reference: { value: 100, kind: 'numerical' } })
    const second = await setReference(ctx, { unitTestInfoId: id, value: 101.5 }, ' new chamber ')
    expect(second.tolerance?.id).toBe(tolerances.percent)
    const third = await setReference(
      ctx,
      { unitTestInfoId: id, value: null, toleranceId: null },
      'not any more',
    )
    expect(third).toMatchObject({ reference: null, tolerance: null })
    const { present, changes } = await referenceHistory(ctx, id)
    expect(present).toEqual({ reference: null, tolerance: null })
    expect(
      changes.map(({ comment, before, after, referenceChanged, toleranceChanged, at, by }) => ({
        comment,
        from: [before.reference?.value, before.tolerance?.id],
        to: [after.reference?.value, after.tolerance?.id],
        changed: [referenceChanged, toleranceChanged],
        at,
        by: by?.id,
      })),
    ).toEqual(
      [
        {
          comment: 'not any more',
          from: [101.5, tolerances.percent],
          to: [undefined, undefined],
          changed: [true, true],
        },
        {
          comment: 'new chamber',
          from: [100, tolerances.percent],
          to: [101.5, tolerances.percent],
          changed: [true, false],
        },
        {
          comment: 'measured',
          from: [undefined, undefined],
          to: [100, tolerances.percent],
          changed: [true, true],
        },
      ].map((entry) => ({ ...entry, at: TEST_NOW, by: ctx.actor.kind === 'user' ? ctx.actor.id : 0 })),
    )
    expect(await getRecord(ctx, referenceValue, first.reference?.id ?? 0)).toMatchObject({ value: 100 })
    const audited = await findHistory(ctx, 'machine-qa.unit-test-info', id, { limit: 9, offset: 0 })
    expect(audited.map(({ action, reason }) => [action, reason])).toContainEqual([
      'machine-qa.unit-test-info.set-reference',
      'new chamber',
    ])
  })

  it('changes nothing when nothing is new', async () => {
    const id = await infoOf()
    const setting = { unitTestInfoId: id, value: 1, toleranceId: tolerances.absolute }
    const { reference } = await setReference(ctx, setting, 'once')
    expect(await setReference(ctx, setting, 'again')).toMatchObject({ isChanged: false, reference })
    expect((await referenceHistory(ctx, id)).changes).toHaveLength(1)
  })

  it('gives yes/no tests a yes/no reference', async () => {
    const id = await infoOf({ type: 'boolean' })
    const set = await setReference(
      ctx,
      { unitTestInfoId: id, value: 1, toleranceId: tolerances.yesNo },
      'yes',
    )
    expect(set).toMatchObject({
      reference: { kind: 'boolean', value: 1 },
      tolerance: { name: 'Boolean(Action on fail)' },
    })
  })

  describe('refuses', () => {
    it.each([
      [
        'per cent of zero',
        {},
        { value: 0, tolerance: 'percent' },
        'toleranceId',
        'Percentage based tolerances can not be used with reference value of zero (0)',
      ],
      [
        'a yes/no that is neither',
        { type: 'boolean' },
        { value: 2 },
        'value',
        'Test type is BOOLEAN but reference value is not 0 or 1',
      ],
      [
        'a numerical tolerance without reference',
        {},
        { tolerance: 'absolute' },
        'value',
        'You must set a reference value when using a numerical tolerance',
      ],
      [
        'a reference outside the circle',
        { type: 'wraparound', wrapLow: 0, wrapHigh: 360 },
        { value: 361 },
        'value',
        'Reference value must be in range 0 to 360',
      ],
      [
        'a reference of a text',
        { type: 'string' },
        { value: 1 },
        'value',
        'References can only be set for numerical and boolean tests',
      ],
      [
        'limits of a text',
        { type: 'multchoice', choices: 'pass,fail' },
        { tolerance: 'absolute' },
        'toleranceId',
        'This type of test can not use a tolerance of type absolute',
      ],
      [
        'a tolerance of an upload',
        { type: 'upload' },
        { tolerance: 'choice' },
        'toleranceId',
        'This type of test can not use a tolerance of type multchoice',
      ],
      ['no number', {}, { value: Number.NaN }, 'value', 'A valid number is required.'],
    ] as const)('%s', async (_, parts, wanted, field, problem) => {
      const unitTestInfoId = await infoOf(parts)
      const setting: ReferenceSetting = {
        unitTestInfoId,
        ...('value' in wanted ? { value: wanted.value } : {}),
        ...('tolerance' in wanted ? { toleranceId: tolerances[wanted.tolerance] } : {}),
      }
      expect(await refusalOf(setReference(ctx, setting, 'why'))).toEqual({
        kind: 'invalid-input',
        problems: [{ field, problem }],
      })
    })

    it('a change without reason, an unknown test, and a tolerance that is retired or unknown', async () => {
      const unitTestInfoId = await infoOf()
      expect(await refusalOf(setReference(ctx, { unitTestInfoId, value: 1 }, ' '))).toEqual({
        kind: 'invalid-input',
        problems: [{ field: 'comment', problem: 'Say why.' }],
      })
      expect(await refusalOf(setReference(ctx, { unitTestInfoId: 999_999, value: 1 }, 'why'))).toMatchObject({
        kind: 'not-found',
      })
      const retired = await makeTolerance(database, { type: 'absolute', ...LIMITS })
      await retireRecord(ctx, tolerance, retired, 'retire')
      for (const toleranceId of [retired, 999_999]) {
        expect(await refusalOf(setReference(ctx, { unitTestInfoId, value: 1, toleranceId }, 'why'))).toEqual({
          kind: 'invalid-input',
          problems: [{ field: 'toleranceId', problem: 'This tolerance does not exist.' }],
        })
      }
    })

    it('whoever may not', async () => {
      const actor = await makeUser(database, { permissions: new Set(['machine-qa.access']) })
      expect(
        await refusalOf(setReference({ ...ctx, actor }, { unitTestInfoId: 1, value: 1 }, 'why')),
      ).toEqual({
        kind: 'not-permitted',
        permission: 'machine-qa.unit-test-info.change',
      })
    })
  })

  it('sets many at once, all or none, naming what is wrong', async () => {
    const [good, bad] = [await infoOf(), await infoOf({ type: 'boolean' })]
    const settings = [
      { unitTestInfoId: good, value: 1 },
      { unitTestInfoId: bad, value: 7 },
    ]
    expect(await refusalOf(setReferences(ctx, settings, 'all'))).toEqual({
      kind: 'invalid-input',
      problems: [{ field: '1.value', problem: 'Test type is BOOLEAN but reference value is not 0 or 1' }],
    })
    expect((await referenceHistory(ctx, good)).present.reference).toBeNull()
    const set = await setReferences(
      ctx,
      [settings[0], { unitTestInfoId: bad, value: 0 }].filter((one) => one !== undefined),
      'all',
    )
    expect(set.map(({ reference }) => reference?.value)).toEqual([1, 0])
    expect(
      await refusalOf(setReferences(ctx, [{ unitTestInfoId: good }, { unitTestInfoId: good }], 'twice')),
    ).toMatchObject({ kind: 'invalid-input' })
  })

  it('copies what one unit has to another, as far as that has the tests', async () => {
    const [from, to] = [await makeUnit(database), await makeUnit(database)]
    const [both, only, unset] = [await makeTest(database), await makeTest(database), await makeTest(database)]
    const source = await makeInfo(database, from, both)
    await setReference(
      ctx,
      { unitTestInfoId: source, value: 5, toleranceId: tolerances.absolute },
      'measured',
    )
    const missing = await makeInfo(database, from, only)
    await setReference(ctx, { unitTestInfoId: missing, value: 6 }, 'measured')
    await makeInfo(database, from, unset)
    const target = await makeInfo(database, to, both)
    const kept = await makeInfo(database, to, unset)
    await setReference(ctx, { unitTestInfoId: kept, value: 9 }, 'measured')
    const copied = await copyReferences(ctx, { fromUnitId: from, toUnitId: to }, 'same model')
    expect(copied.set).toMatchObject([{ unitTestInfoId: target, isChanged: true, reference: { value: 5 } }])
    expect(copied.missing).toHaveLength(1)
    expect((await referenceHistory(ctx, kept)).present.reference?.value).toBe(9)
    expect((await referenceHistory(ctx, target)).changes).toMatchObject([{ comment: 'same model' }])
    const none = await copyReferences(ctx, { fromUnitId: from, toUnitId: to, testIds: [unset] }, 'nothing')
    expect(none).toEqual({ set: [], missing: [] })
  })
})
