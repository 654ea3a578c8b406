import { describe, expect, it } from 'vitest'
import { RefusedError } from '../../core/refusal.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { ACCESS_TEST_MIGRATIONS } from '../access/testing.ts'
import { acceptDebt } from './accept-debt.ts'
import { changeAttribute } from './change-attribute.ts'
import { changeOverview } from './change-overview.ts'
import { changeParameter } from './change-parameter.ts'
import {
  changeDestination,
  changeIssueTracker,
  changeTag,
  deleteDestination,
  makeDestination,
} from './change-report-parts.ts'
import { recordReading } from './collector/measure-metric.ts'
import { copyItem, copyReport } from './copy-item.ts'
import { deleteItem } from './delete-item.ts'
import { metricsOf, objectOf, type ReportTree } from './domain/report-tree.ts'
import { findChangesOfItem } from './find-changes.ts'
import { judgeEntities } from './judge-entities.ts'
import { loadReports } from './load-reports.ts'
import { makeItem, makeReport } from './make-item.ts'
import { latestMeasurement } from './measure-again.ts'
import { metricStates } from './metric-states.ts'
import { moveItem } from './move-item.ts'
import { movePosition } from './move-position.ts'
import { makeReportLink, revokeReportLink, saveReportReaders } from './report-access.ts'
import { listDeletions, restoreDeletion } from './restore-deletion.ts'
import { openValue } from './sealed-parameters.ts'
import { searchItems } from './search-items.ts'
import { statusSummary } from './status-summary.ts'
import { createQuality } from './store/migrations/0001-create.ts'
import { firstMetric, makeQualityFixture, makeReading, makeTestReport, treeOf } from './testing.ts'

async function refusalOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof RefusedError ? error.refusal.kind : `no refusal: ${String(error)}`
}

const names = (tree: ReportTree) =>
  tree.subjects.map((subject) => [
    subject.attributes.name ?? subject.attributes.type,
    ...subject.metrics.map((metric) => metric.attributes.name ?? metric.attributes.type),
  ])

forEachDatabase('quality reports', [...ACCESS_TEST_MIGRATIONS, createQuality], (open) => {
  const setUp = async () => {
    const fixture = await makeQualityFixture(await open())
    const tree = await makeTestReport(fixture)
    const texts = async (id: string, limit = 1) =>
      (await findChangesOfItem(fixture.editor, id, { limit })).map(({ description, authorName }) =>
        description.slice(authorName.length),
      )
    return { ...fixture, tree, texts }
  }

  it('keep their order through an import, also of ids that look like numbers', async () => {
    const { tree } = await setUp()
    expect(names(tree)).toEqual([['S', 'violations', 'tests'], ['process']])
    expect(
      metricsOf(tree).map(({ metric }) => metric.sources.map(({ attributes }) => attributes.type)),
    ).toEqual([['sarif_json'], ['junit', 'sarif_json']])
  })

  it('change one attribute at a time, and say so', async () => {
    const { editor, quality, tree, texts, clock } = await setUp()
    const metric = firstMetric(tree)
    const before = clock.now()
    clock.advance(60_000)
    await changeAttribute(editor, quality, { kind: 'metric', id: metric.id, attribute: 'target', value: 10 })
    expect(await texts(metric.id)).toEqual([
      " changed the target of metric 'Violations' of subject 'S' in report 'R' from '' to '10'.",
    ])
    const edit = {
      kind: 'metric',
      id: metric.id,
      attribute: 'tags',
      value: ['security', ' a ', 'a'],
    } as const
    await changeAttribute(editor, quality, edit)
    expect(await texts(tree.id)).toEqual([
      " changed the tags of metric 'Violations' of subject 'S' in report 'R' from '['security']' to '['security', 'a']'.",
    ])
    expect(await changeAttribute(editor, quality, edit)).toEqual({ hasChanged: false })
    expect(firstMetric(await treeOf(editor, tree.id)).attributes).toMatchObject({
      target: '10',
      tags: ['security', 'a'],
    })
    // as it was
    expect(firstMetric(await treeOf(editor, tree.id, before)).attributes).not.toHaveProperty('target')
  })

  it('lose nothing when two people edit at the same time', async () => {
    const { editor, quality, tree } = await setUp()
    const { id } = firstMetric(tree)
    await Promise.all(
      ['name', 'unit', 'target', 'near_target', 'comment', 'secondary_name'].map((attribute, index) =>
        changeAttribute(editor, quality, { kind: 'metric', id, attribute, value: `${index}` }),
      ),
    )
    expect(firstMetric(await treeOf(editor, tree.id)).attributes).toMatchObject({
      name: '0',
      unit: '1',
      target: '2',
      near_target: '3',
      comment: '4',
      secondary_name: '5',
    })
  })

  it('show a conflict instead of overwriting what somebody else has typed', async () => {
    const { editor, quality, tree } = await setUp()
    const edit = { kind: 'metric', id: firstMetric(tree).id, attribute: 'name', expected: null } as const
    await changeAttribute(editor, quality, { ...edit, value: 'mine' })
    expect(await refusalOf(changeAttribute(editor, quality, { ...edit, value: 'yours' }))).toBe('conflict')
    expect(await changeAttribute(editor, quality, { ...edit, value: 'mine' })).toEqual({ hasChanged: false })
    expect(await changeAttribute(editor, quality, { ...edit, expected: 'mine', value: 'yours' })).toEqual({
      hasChanged: true,
    })
  })

  it.each([
    ['metric', 'target', { a: 1 }],
    ['metric', 'accept_debt', 'yes'],
    ['metric', 'scale', 'furlongs'],
    ['metric', 'type', 'nothing'],
    ['metric', 'debt_end_date', 'soon'],
    ['metric', 'sources', {}],
    ['metric', '__proto__', 'x'],
    ['metric', 'name', 'x\0y'],
    ['report', 'desired_response_times', { unknown: -1 }],
  ] as const)('refuse a bad value of %s %s', async (kind, attribute, value) => {
    const { editor, quality, tree } = await setUp()
    const id = kind === 'metric' ? firstMetric(tree).id : tree.id
    expect(await refusalOf(changeAttribute(editor, quality, { kind, id, attribute, value }))).toBe(
      'invalid-input',
    )
  })

  it('are edited by editors only, and by those whom the overview names', async () => {
    const { editor, reader, anonymous, quality, tree } = await setUp()
    const edit = { kind: 'report', id: tree.id, attribute: 'title', value: 'x' } as const
    expect(await refusalOf(changeAttribute(reader, quality, edit))).toBe('not-permitted')
    expect(await refusalOf(changeAttribute(anonymous, quality, edit))).toBe('not-authenticated')
    await changeOverview(editor, quality, 'permissions', { edit_reports: ['somebody'] })
    // whoever sets the list is added to it
    expect(await changeAttribute(editor, quality, edit)).toEqual({ hasChanged: true })
    await changeOverview(editor, quality, 'permissions', { edit_reports: [], edit_entities: ['somebody'] })
    const judging = {
      metricId: firstMetric(tree).id,
      sourceId: 'x',
      entityKeys: ['a'],
      said: { status: 'fixed' },
    }
    expect(await refusalOf(judgeEntities(editor, quality, judging))).toBe('not-permitted')
    await changeOverview(editor, quality, 'permissions', {})
  })

  it('change kind: a metric keeps its sources and the tags that people gave it', async () => {
    const { editor, quality, tree } = await setUp()
    const { id } = firstMetric(tree)
    await changeAttribute(editor, quality, {
      kind: 'metric',
      id,
      attribute: 'type',
      value: 'security_warnings',
    })
    const metric = firstMetric(await treeOf(editor, tree.id))
    expect(metric.attributes).toMatchObject({
      type: 'security_warnings',
      tags: ['security'],
      near_target: '5',
      name: null,
    })
    expect(metric.sources).toHaveLength(1)
  })

  it('make, copy, move and order items', async () => {
    const { editor, quality, tree, texts } = await setUp()
    const [software, process] = tree.subjects
    const subject = await makeItem(editor, quality, { kind: 'subject', reportId: tree.id, type: 'team' })
    expect(await texts(subject)).toEqual([" created a new subject in report 'R'."])
    const metric = await makeItem(editor, quality, { kind: 'metric', subjectId: subject, type: 'velocity' })
    expect(await texts(metric)).toEqual([" added a new metric to subject 'Team' in report 'R'."])
    const source = await makeItem(editor, quality, { kind: 'source', metricId: metric, type: 'jira' })
    expect(await texts(source)).toEqual([
      " added a new source to metric 'Velocity' of subject 'Team' in report 'R'.",
    ])
    const made = (await treeOf(editor, tree.id)).subjects[2]?.metrics[0]?.sources[0]?.attributes
    expect(Object.keys(objectOf(made?.parameters)).sort()).toEqual([
      'api_version',
      'board',
      'password',
      'private_token',
      'url',
      'username',
      'velocity_sprints',
      'velocity_type',
    ])

    const copy = await copyItem(editor, quality, { kind: 'metric', id: metric, to: process?.id ?? '' })
    expect(await texts(copy)).toEqual([
      " copied the metric 'Velocity' of subject 'Team' from report 'R' to subject 'Process' in report 'R'.",
    ])
    await moveItem(editor, quality, { kind: 'metric', id: firstMetric(tree).id, to: subject })
    expect(await texts(tree.id)).toEqual([
      " moved the metric 'Violations' from subject 'S' in report 'R' to subject 'Team' in report 'R'.",
    ])
    await movePosition(editor, quality, { kind: 'subject', id: subject, position: 'first' })
    await movePosition(editor, quality, { kind: 'subject', id: software?.id ?? '', position: 'next' })
    expect(names(await treeOf(editor, tree.id))).toEqual([
      ['team', 'velocity', 'violations'],
      ['process', 'velocity'],
      ['S', 'tests'],
    ])
    await movePosition(editor, quality, { kind: 'metric', id: metric, position: 99 })
    expect(names(await treeOf(editor, tree.id))[0]).toEqual(['team', 'violations', 'velocity'])
  })

  it('stay in order however often something is moved', async () => {
    const { editor, quality } = await setUp()
    const report = await makeReport(editor, quality)
    const ids: string[] = []
    for (let index = 0; index < 4; index += 1)
      ids.push(await makeItem(editor, quality, { kind: 'subject', reportId: report, type: 'team' }))
    const [a = '', b = '', c = '', d = ''] = ids
    for (let turn = 0; turn < 30; turn += 1) {
      await movePosition(editor, quality, { kind: 'subject', id: turn % 2 === 0 ? b : c, position: 1 })
    }
    expect((await treeOf(editor, report)).subjects.map(({ id }) => id)).toEqual([a, c, b, d])
  })

  it('are copied whole, with new ids, secrets included', async () => {
    const { editor, quality, tree, texts } = await setUp()
    const id = await copyReport(editor, quality, tree.id)
    const copy = await treeOf(editor, id)
    expect(names(copy)).toEqual(names(tree))
    expect(copy.attributes).toMatchObject({ report_uuid: id, copied_from: { report: tree.id } })
    expect(firstMetric(copy).id).not.toBe(firstMetric(tree).id)
    expect(firstMetric(copy).attributes.copied_from).toBe(firstMetric(tree).id)
    const { password } = objectOf(firstMetric(copy).sources[0]?.attributes.parameters)
    expect(openValue(quality.access.keys, password)).toBe('secret word')
    expect(await texts(id)).toEqual([" copied the report 'R'."])
  })

  it('are deleted, seen in the past, and restored', async () => {
    const { editor, quality, tree, texts, clock } = await setUp()
    const [subject] = tree.subjects
    const before = clock.now()
    clock.advance(1000)
    await deleteItem(editor, quality, { kind: 'subject', id: subject?.id ?? '' })
    expect(await texts(tree.id)).toEqual([" deleted the subject 'S' from report 'R'."])
    expect(names(await treeOf(editor, tree.id))).toEqual([['process']])
    expect(names(await treeOf(editor, tree.id, before))).toEqual(names(tree))
    const [deletion] = await listDeletions(editor, quality, tree.id)
    expect(deletion).toMatchObject({ isRestorable: true, action: 'delete-subject' })
    await restoreDeletion(editor, quality, deletion?.id ?? 0)
    expect(names(await treeOf(editor, tree.id))).toEqual(names(tree))
    expect(await refusalOf(restoreDeletion(editor, quality, deletion?.id ?? 0))).toBe('conflict')

    await deleteItem(editor, quality, { kind: 'report', id: tree.id })
    expect((await loadReports(editor)).some((each) => each.tree.id === tree.id)).toBe(false)
    const [last] = await listDeletions(editor, quality, tree.id)
    await restoreDeletion(editor, quality, last?.id ?? 0)
    expect(names(await treeOf(editor, tree.id))).toEqual(names(tree))
  })

  it('change one location everywhere', async () => {
    const { editor, quality, tree, texts } = await setUp()
    const [violations, tests] = metricsOf(tree).map(({ metric }) => metric)
    const sourceId = violations?.sources[0]?.id ?? ''
    const other = tests?.sources[1]?.id ?? ''
    const edit = { sourceId, key: 'url', value: 'https://y.example.org', scope: 'report' } as const
    expect(await changeParameter(editor, quality, edit)).toMatchObject({ changedSources: 2 })
    expect(await texts(other)).toEqual([
      " changed the url of all sources of type 'SARIF' with url 'https://x.example.org' in report 'R' from 'https://x.example.org' to 'https://y.example.org'.",
    ])
    const search = { kind: 'source', attribute: 'url', value: 'https://y.example.org' } as const
    expect((await searchItems(editor, search)).toSorted()).toEqual([sourceId, other].toSorted())
    const secret = { sourceId, key: 'password', value: 'another', scope: 'source' } as const
    await changeParameter(editor, quality, secret)
    expect(await texts(sourceId)).toEqual([
      " changed the password of source 'None' of metric 'Violations' of subject 'S' in report 'R' from '***********' to '*******'.",
    ])
    expect(await searchItems(editor, { kind: 'source', attribute: 'password', value: 'another' })).toEqual([])
    const unchanged = await changeParameter(editor, quality, {
      ...secret,
      value: 'this string replaces credentials',
    })
    expect(unchanged.hasChanged).toBe(false)
    const levels = { sourceId, key: 'levels', value: ['error', 'nonsense'], scope: 'source' } as const
    const { source } = await changeParameter(editor, quality, levels)
    expect(objectOf(source.attributes.parameters).levels).toEqual(['error'])
  })

  it('have tags, an issue tracker and places that are told', async () => {
    const { editor, quality, tree, texts } = await setUp()
    expect(await changeTag(editor, quality, { reportId: tree.id, tag: 'none' })).toEqual({
      hasFound: false,
      title: 'R',
    })
    await changeTag(editor, quality, { reportId: tree.id, tag: 'security', renamed: 'safety' })
    expect(await texts(tree.id)).toEqual([
      " renamed tag 'security' to 'safety' for all metrics in report 'R'.",
    ])
    await changeTag(editor, quality, { reportId: tree.id, tag: 'safety' })
    expect(firstMetric(await treeOf(editor, tree.id)).attributes.tags).toEqual([])

    await changeIssueTracker(editor, quality, { reportId: tree.id, attribute: 'url', value: 'https://jira' })
    await changeIssueTracker(editor, quality, { reportId: tree.id, attribute: 'password', value: 'abc' })
    expect(await texts(tree.id)).toEqual([
      " changed the password of the issue tracker of report 'R' from '' to '***'.",
    ])
    const id = await makeDestination(editor, quality, tree.id, 'https://r')
    await changeDestination(editor, quality, {
      reportId: tree.id,
      id,
      attributes: { name: 'Team', webhook: 'https://h' },
    })
    expect(await texts(tree.id)).toEqual([
      " changed the 'name' and 'webhook' of notification destination 'Microsoft Teams webhook' in report 'R' from 'Microsoft Teams webhook' and '' to 'Team' and 'https://h'.",
    ])
    await deleteDestination(editor, quality, tree.id, id)
    expect(await refusalOf(deleteDestination(editor, quality, tree.id, id))).toBe('not-found')
  })

  describe('measurements', () => {
    const measured = async () => {
      const made = await setUp()
      const metric = firstMetric(made.tree)
      const read = (parts: Parameters<typeof makeReading>[1] = {}) =>
        recordReading(made.system, metric.id, {
          sources: [makeReading(metric, parts)],
          issues: [],
          parameterHash: 'h',
        })
      const state = async (at?: Date) =>
        (
          await metricStates(made.editor, [firstMetric(await treeOf(made.editor, made.tree.id))], {
            at,
            recent: 'all',
          })
        ).get(metric.id)
      await read()
      return { ...made, metric, read, state }
    }

    it('go on while nothing changes, and travel in time', async () => {
      const { clock, read, state, editor, metric } = await measured()
      clock.advance(900_000)
      await read()
      expect(await latestMeasurement(editor, metric.id)).toMatchObject({
        start: new Date('2026-11-22T10:00:00Z'),
        end: new Date('2026-11-22T10:15:00Z'),
      })
      clock.advance(900_000)
      await read({ value: '0', entities: [] })
      expect(await state()).toMatchObject({ status: 'target_met', isOutdated: true, recent: [{}, {}] })
      expect(await state(new Date('2026-11-22T10:20:00Z'))).toMatchObject({
        status: 'target_not_met',
        recent: [{}],
      })
      clock.advance(8 * 86_400_000)
      expect(await state()).toMatchObject({ status: null, latest: undefined })
    })

    it('follow a change of the target at once', async () => {
      const { editor, quality, metric, tree, state } = await measured()
      const edit = { kind: 'metric', id: metric.id, attribute: 'target', value: '20' } as const
      const { measurement } = await changeAttribute(editor, quality, edit)
      expect(measurement?.scales.count).toMatchObject({ status: 'target_met', targets: { target: '20' } })
      expect(await state()).toMatchObject({ status: 'target_met' })
      expect(await statusSummary(editor, tree.id)).toMatchObject({ counts: { green: 1, white: 1 } })
    })

    it('accept debt and stop accepting it', async () => {
      const { editor, quality, metric, texts, state } = await measured()
      await acceptDebt(editor, quality, { metricId: metric.id, accept: true })
      expect(await texts(metric.id)).toEqual([
        " changed the accepted debt from 'False' to 'True' and the debt target from 'None' to '12' and the debt end date from 'None' to '2027-01-21' of metric 'Violations' of subject 'S' in report 'R'.",
      ])
      expect(await state()).toMatchObject({ status: 'debt_target_met' })
      await acceptDebt(editor, quality, { metricId: metric.id, accept: false })
      expect(await state()).toMatchObject({ status: 'target_not_met' })
    })

    it('leave out what people judged, one or many', async () => {
      const { editor, quality, metric, texts, read, clock } = await measured()
      const sourceId = metric.sources[0]?.id ?? ''
      const judging = { metricId: metric.id, sourceId, entityKeys: ['a'], said: { status: 'false_positive' } }
      const one = await judgeEntities(editor, quality, judging)
      expect(one.scales.count?.value).toBe('11')
      expect(one.sources[0]?.judgements).toEqual({
        a: { status: 'false_positive', status_end_date: '2027-05-21' },
      })
      expect(await texts(sourceId)).toEqual([
        " changed the status of 'A/error' from '' to 'false_positive' and changed the status end date from '' to '2027-05-21'.",
      ])
      const said = { status: 'wont_fix', rationale: '<b>Because</b><script>x</script>' }
      const both = await judgeEntities(editor, quality, { ...judging, entityKeys: ['a', 'b'], said })
      expect(both.scales.count?.value).toBe('10')
      expect(both.sources[0]?.judgements.b?.rationale).toBe('<b>Because</b>')
      clock.advance(60_000)
      await read()
      expect((await latestMeasurement(editor, metric.id))?.scales.count?.value).toBe('10')
      expect(await refusalOf(judgeEntities(editor, quality, { ...judging, entityKeys: ['none'] }))).toBe(
        'not-found',
      )
      expect(await refusalOf(judgeEntities(editor, quality, { ...judging, said: { status: 'x' } }))).toBe(
        'invalid-input',
      )
    })

    it('stay with a metric that goes to another report', async () => {
      const { editor, quality, metric } = await measured()
      const other = await makeReport(editor, quality)
      const subject = await makeItem(editor, quality, { kind: 'subject', reportId: other, type: 'team' })
      await moveItem(editor, quality, { kind: 'metric', id: metric.id, to: subject })
      expect(await statusSummary(editor, other)).toMatchObject({ counts: { red: 1, white: 0 } })
    })
  })

  it('are seen by those who may, and do not exist for others', async () => {
    const { editor, reader, anonymous, quality, tree } = await setUp()
    const sees = async (ctx: typeof reader, link?: string) =>
      (await refusalOf(statusSummary(ctx, tree.id, { link }))).startsWith('no refusal')
    expect([await sees(reader), await sees(anonymous)]).toEqual([true, true])
    await saveReportReaders(editor, quality, tree.id, { visibility: 'signed-in', userIds: [], groupIds: [] })
    expect([await sees(reader), await sees(anonymous)]).toEqual([true, false])
    await saveReportReaders(editor, quality, tree.id, { visibility: 'named', userIds: [], groupIds: [] })
    expect([await sees(editor), await sees(reader), await sees(anonymous)]).toEqual([true, false, false])
    expect(await findChangesOfItem(reader, tree.id, { limit: 9 })).toEqual([])
    expect(
      await searchItems(reader, { kind: 'metric', attribute: 'type', value: 'violations' }),
    ).not.toContain(firstMetric(tree).id)
    const { secret, id } = await makeReportLink(editor, quality, { reportId: tree.id, name: 'Wall' })
    expect([await sees(anonymous, secret), await sees(anonymous, 'guessed')]).toEqual([true, false])
    await revokeReportLink(editor, quality, tree.id, id)
    expect(await sees(anonymous, secret)).toBe(false)
    const userIds = reader.actor.kind === 'user' ? [reader.actor.id] : []
    await saveReportReaders(editor, quality, tree.id, { visibility: 'named', userIds, groupIds: [] })
    expect(await sees(reader)).toBe(true)
  })
})
