import { expect, it } from 'vitest'
import { ACCESS_TEST_MIGRATIONS } from '../../../modules/access/testing.ts'
import { recordReading } from '../../../modules/quality/collector/measure-metric.ts'
import { createQuality } from '../../../modules/quality/store/migrations/0001-create.ts'
import {
  firstMetric,
  makeQualityFixture,
  makeReading,
  makeTestReport,
} from '../../../modules/quality/testing.ts'
import { createWorkspace } from '../../../modules/workspace/store/migrations/0001-create.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { openNativeServer } from '../testing.ts'
import type { WireMetricEntities, WireReport } from './report.schema.ts'

forEachDatabase(
  'pages of quality reports',
  [...ACCESS_TEST_MIGRATIONS, createWorkspace, createQuality],
  (open) => {
    async function setUp() {
      const fixture = await makeQualityFixture(await open())
      const tree = await makeTestReport(fixture)
      const metric = firstMetric(tree)
      await recordReading(fixture.system, metric.id, {
        sources: [makeReading(metric)],
        issues: [],
        parameterHash: 'h',
      })
      const { quality } = fixture
      const server = await openNativeServer(fixture.system, { quality, access: quality.access })
      return { ...fixture, ...server, tree, metric }
    }

    it('show a public report to anybody, secrets masked, and let nobody edit it', async () => {
      const { ask, tree, metric } = await setUp()
      const { status, body } = await ask('GET', `/api/v1/quality/reports/${tree.id}`)
      const report = body as WireReport
      expect(status).toBe(200)
      expect(report).toMatchObject({
        title: 'R',
        mayEdit: false,
        visibility: 'public',
        counts: { red: 1, white: 1 },
      })
      expect(report.subjects[0]?.metrics[0]).toMatchObject({
        id: metric.id,
        value: '12',
        status: 'target_not_met',
        daysLeft: 7,
        unmeasured: null,
        recent: [{ value: '12', status: 'target_not_met' }],
        sources: [
          {
            typeName: 'SARIF',
            isRead: true,
            hasEntities: true,
            parameters: { password: 'this string replaces credentials' },
          },
        ],
      })
      const refused = await ask('PATCH', `/api/v1/quality/items/metric/${metric.id}`, undefined, {
        attribute: 'name',
        value: 'x',
      })
      expect(refused.status).toBe(401)
      expect((await ask('GET', '/api/v1/quality/overview')).body).toMatchObject({
        title: 'Reports',
        mayEdit: false,
      })
      expect((await ask('GET', '/api/v1/quality/reports/none')).status).toBe(404)
      expect((await ask('GET', `/api/v1/quality/reports/${tree.id}?at=sometime`)).status).toBe(400)
    })

    it('give trends, dates and entities', async () => {
      const { ask, tree, metric } = await setUp()
      expect((await ask('GET', `/api/v1/quality/metrics/${metric.id}/trend`)).body).toMatchObject({
        points: [{ value: '12' }],
      })
      const dates = await ask('GET', `/api/v1/quality/reports/${tree.id}/dates?dates=2026-11-22,2026-11-15`)
      expect(dates.body).toMatchObject({
        metrics: { [metric.id]: { values: [{ value: '12' }, null], overrunDays: 0 } },
      })
      const { body } = await ask('GET', `/api/v1/quality/metrics/${metric.id}/entities`)
      const [source] = (body as WireMetricEntities).sources
      expect(source).toMatchObject({ isVisible: true, entityName: 'violation', value: '12' })
      expect(source?.entities.map(({ key, status }) => [key, status])).toEqual([
        ['a', 'unconfirmed'],
        ['b', 'unconfirmed'],
      ])
      expect((await ask('GET', `/api/v1/quality/reports/${tree.id}/dates?dates=x`)).status).toBe(400)
    })

    it('give the catalogue', async () => {
      const { ask } = await setUp()
      const { body } = await ask('GET', '/api/v1/quality/catalogue')
      expect(body).toMatchObject({ responseTimes: { unknown: 3 } })
    })
  },
)
