import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  makeSitePlace,
  openTestSite,
  removeSitePlace,
  type SitePlace,
} from '../../../../tests/support/make-site.ts'
import { fillResearch, RESEARCH_PASSWORD } from '../../../../tests/support/research-fixture.ts'
import { type App, createApp } from '../../../app.ts'
import type { DatabaseKind } from '../../../platform/database/database.ts'
import type { Site } from '../../../site.ts'

const NOW = new Date('2026-11-21T20:28:02.959Z')
const wanted = process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? ['sqlite', 'postgres']

describe.each(wanted as DatabaseKind[])('research data in our own API (%s)', (kind) => {
  let place: SitePlace
  let site: Site
  let app: App
  const tokens = new Map<string, string>()

  beforeAll(async () => {
    place = await makeSitePlace(kind)
    site = await openTestSite(place, { now: () => NOW })
    await fillResearch(site)
    app = await createApp(site, { demo: false })
  })
  afterAll(async () => {
    await app.stop()
    await site.close()
    await removeSitePlace(place)
  })

  async function tokenOf(username: string): Promise<string> {
    const known = tokens.get(username)
    if (known !== undefined) return known
    const payload = { username, password: RESEARCH_PASSWORD }
    const answer = await app.server.inject({ method: 'POST', url: '/api/token/', payload })
    const { access } = answer.json<{ access: string }>()
    tokens.set(username, access)
    return access
  }

  async function ask(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT',
    path: string,
    payload?: object,
    as = 'researcher',
  ) {
    const answer = await app.server.inject({
      method,
      url: `/api/v1/research/${path}`,
      headers: { authorization: `Bearer ${await tokenOf(as)}` },
      ...(payload ? { payload } : {}),
    })
    return {
      status: answer.statusCode,
      body: answer.body === '' ? undefined : answer.json(),
      text: answer.body,
    }
  }

  async function send(
    path: string,
    name: string,
    content: string,
    fields: Readonly<Record<string, string>> = {},
  ) {
    const form = new FormData()
    for (const [field, value] of Object.entries(fields)) form.append(field, value)
    form.append('file', new File([content], name))
    const encoded = new Response(form)
    const answer = await app.server.inject({
      method: 'POST',
      url: `/api/v1/research/${path}`,
      headers: {
        authorization: `Bearer ${await tokenOf('researcher')}`,
        'content-type': encoded.headers.get('content-type') ?? '',
      },
      payload: Buffer.from(await encoded.arrayBuffer()),
    })
    return { status: answer.statusCode, body: answer.json() }
  }

  const solid = (sampleId: string, weight: number, rest: object = {}) => ({
    sampleId,
    name: `solid ${weight}`,
    dateCreated: '2024-06-16',
    instituteId: 1,
    projectId: 1,
    sampleTypeId: 2,
    info: { name: `solid ${weight}`, weight_in_g: weight },
    ...rest,
  })
  const quantity = (value: number, unit: string) => ({ value, unit })

  it('proposes ids and checks info without storing anything', async () => {
    expect((await ask('GET', 'samples/next-id?institute=1&method=2')).body).toEqual({
      sampleId: '261121_202802_010002',
    })
    const check = await ask('POST', 'samples/validate', {
      sampleTypeId: 2,
      info: { name: '', weight_in_g: -1 },
    })
    expect(check.body).toMatchObject({
      valid: false,
      errors: [
        { path: '/name', code: 'blank' },
        { path: '/weight_in_g', code: 'minimum', params: { unit: 'g' } },
      ],
    })
    expect((await ask('GET', 'samples')).body.total).toBe(0)
  })

  it('registers samples whose info fits, and drafts whose info does not yet', async () => {
    const made = await ask(
      'POST',
      'samples',
      solid('240616_000001_010001', 10, { amount: quantity(10, 'g') }),
    )
    expect([made.status, made.body.info, made.body.warnings]).toEqual([
      201,
      { name: 'solid 10', weight_in_g: 10 },
      [],
    ])
    const wrong = await ask('POST', 'samples', solid('240616_000002_010001', -1))
    expect([wrong.status, wrong.text]).toEqual([
      expect.any(Number),
      expect.stringContaining('info.weight_in_g'),
    ])
    expect(wrong.status).toBeGreaterThanOrEqual(400)
    expect(
      (await ask('POST', 'samples', { ...solid('240616_000002_010001', -1), state: 'draft' })).status,
    ).toBe(201)
    expect((await ask('PATCH', 'samples/2', { version: 1, state: 'active' })).status).toBeGreaterThanOrEqual(
      400,
    )
    const taken = await ask('POST', 'samples', solid('240616_000001_010001', 1))
    expect(taken.status).toBe(409)
  })

  it('keeps every revision and refuses a version that was read before', async () => {
    const changed = await ask('PATCH', 'samples/2', {
      version: 1,
      info: { name: 'two', weight_in_g: 2 },
      state: 'active',
      reason: 'weighed',
    })
    expect(changed.body).toMatchObject({
      revision: 2,
      state: 'active',
      revisions: [{ revision: 2, reason: 'weighed' }, { revision: 1 }],
    })
    expect((await ask('PATCH', 'samples/2', { version: 1, name: 'late' })).status).toBe(409)
  })

  it('splits and pools with a mass balance, and follows it in both directions', async () => {
    const split = await ask('POST', 'runs', {
      kind: 'split',
      performedOn: '2024-06-17',
      projectId: 1,
      methodId: 1,
      inputs: [{ sampleId: 1, amount: quantity(10, 'g'), consumed: true }],
      outputs: [
        solid('240617_000001_010001', 6, { amount: quantity(6, 'g') }),
        solid('240617_000002_010001', 3.5, { amount: quantity(3500, 'mg') }),
      ],
    })
    expect([split.status, split.body.balance.recovery]).toEqual([201, expect.closeTo(0.95, 9)])
    const [first, second] = split.body.outputs
    const pool = await ask('POST', 'runs', {
      kind: 'pool',
      performedOn: '2024-06-18',
      projectId: 1,
      inputs: [
        { sampleId: first.id, amount: quantity(1, 'g') },
        { sampleId: second.id, amount: quantity(2, 'g') },
      ],
      outputs: [solid('240618_000001_010001', 3, { amount: quantity(3, 'g') })],
    })
    expect(pool.status).toBe(201)
    expect((await ask('GET', `samples/${pool.body.outputs[0].id}/details`)).body.parent.id).toBe(second.id)
    const graph = (await ask('GET', `samples/${pool.body.outputs[0].id}/provenance?direction=up`)).body
    expect(graph.nodes.filter((node: { kind: string }) => node.kind === 'sample')).toHaveLength(4)
    const near = (await ask('GET', 'samples/1/provenance?direction=down&depth=1')).body
    expect([
      near.nodes.filter((node: { kind: string }) => node.kind === 'sample').length,
      near.isCut,
    ]).toEqual([3, true])
    expect((await ask('GET', 'samples/1/details')).body.amountLeft).toEqual({ value: 0, unit: 'g' })
    const wrong = await ask('POST', 'runs', {
      kind: 'pool',
      performedOn: '2024-06-18',
      projectId: 1,
      inputs: [{ sampleId: 1 }],
      outputs: [solid('240618_000002_010001', 1)],
    })
    expect(wrong.text).toContain('At least two samples are pooled.')
  })

  it('refuses what would come out of itself', async () => {
    const cycle = await ask('POST', 'experiments', {
      name: 'impossible',
      dateCreated: '2024-06-19',
      sampleId: 3,
      methodId: 1,
      staffId: 1,
      projectId: 1,
      outputs: [{ sampleId: 1 }],
    })
    expect([cycle.status, cycle.text]).toEqual([409, expect.stringContaining('own ancestor')])
    expect((await ask('PATCH', 'samples/1', { version: 1, parentId: 3 })).status).toBe(409)
  })

  it.each([
    ['weight_in_g > 5 g', ['240617_000001_010001', '240616_000001_010001']],
    [
      'weight_in_g between 3000 and 6000 mg',
      ['240618_000001_010001', '240617_000002_010001', '240617_000001_010001'],
    ],
    ['type = Solids and not weight_in_g > 3', ['240618_000001_010001', '240616_000002_010001']],
    ['ancestor = 240616_000001_010001 and weight_in_g < 4', ['240618_000001_010001', '240617_000002_010001']],
    ['has experiment', []],
    ['date_created in 2024-06 and name ~ "two"', ['240616_000002_010001']],
    ['solid 3.5', ['240617_000002_010001']],
  ])('finds samples by %s', async (q, expected) => {
    const found = await ask('GET', `samples/search?q=${encodeURIComponent(q)}`)
    expect(
      found.body.items?.map((row: { sampleId: string }) => row.sampleId),
      found.text,
    ).toEqual(expected)
    expect(found.body.total).toBe(expected.length)
  })

  it.each([
    ['weight_in_g > 5 s', 's does not measure mass'],
    ['colour = 1', 'No sample type has a field colour'],
    ['weight_in_g >', 'A value is missing here.'],
  ])('refuses the search %s', async (q, message) => {
    const found = await ask('GET', `samples/search?q=${encodeURIComponent(q)}`)
    expect([found.status < 500, found.text]).toEqual([true, expect.stringContaining(message)])
  })

  it('keeps and previews files', async () => {
    const sent = await send('samples/1/files', 'sieve.csv', 'size;mass\n1,5;2\n2,5;3\n')
    expect(sent.status).toBe(201)
    const { id } = sent.body.items.find((file: { kind: string }) => file.kind === 'attachment')
    expect((await ask('GET', `files/${id}/preview`)).body).toEqual({
      kind: 'table',
      columns: [
        { name: 'size', isNumeric: true },
        { name: 'mass', isNumeric: true },
      ],
      rows: [
        [1.5, 2],
        [2.5, 3],
      ],
      isCut: false,
    })
    expect(
      (await send('samples/1/files', 'a.zip', 'no zip', { kind: 'supplementary_file' })).status,
    ).toBeGreaterThanOrEqual(400)
    const info = (await ask('GET', 'samples/1/details')).body.files.find(
      (file: { kind: string }) => file.kind === 'sample_info',
    )
    expect((await ask('GET', `files/${info.id}/preview`)).body).toEqual({
      kind: 'json',
      value: { name: 'solid 10', weight_in_g: 10 },
    })
  })

  it('records experiments with several inputs', async () => {
    const made = await ask('POST', 'experiments', {
      name: 'comparison',
      dateCreated: '2024-06-19',
      sampleId: 1,
      methodId: 1,
      staffId: 1,
      projectId: 1,
      inputs: [{ sampleId: 1 }, { sampleId: 3 }],
    })
    expect([made.status, made.body.inputs.map((input: { id: number }) => input.id)]).toEqual([201, [1, 3]])
    expect(
      (await ask('GET', 'samples/search?q=has%20experiment(method%20%3D%20%22Sieving%22)')).body.total,
    ).toBe(2)
    expect((await ask('DELETE', 'samples/3')).text).toContain('1 experiment')
  })

  it('keeps strangers, readers and other parts out', async () => {
    expect((await ask('POST', 'samples', solid('240620_000001_010001', 1), 'stranger')).status).toBe(403)
    expect((await ask('PATCH', 'samples/1', { version: 1, name: 'x' }, 'reader')).status).toBe(403)
    expect((await ask('GET', 'samples/1/details', undefined, 'imaging')).status).toBe(403)
    expect((await ask('GET', 'samples/1/details', undefined, 'reader')).body.mayChange).toBe(false)
    expect((await ask('GET', 'staff', undefined, 'reader')).status).toBe(403)
  })

  it('designs a version, says what would not fit, and moves the rest', async () => {
    const design = (await ask('GET', 'sample-types/2/design', undefined, 'curator')).body
    const { schema } = design.current
    const { weight_in_g: weight, ...others } = schema.properties
    const broken = { ...schema, properties: { ...others, weight: { ...weight, 'x-ts-unit': 'stone' } } }
    const first = await ask('PUT', 'sample-types/2/draft', { schema: broken }, 'curator')
    expect(first.body.problems.map(({ problem }: { problem: string }) => problem)).toContain(
      'There is no field weight_in_g.',
    )
    expect((await ask('POST', 'sample-types/2/publish', {}, 'curator')).status).toBeGreaterThanOrEqual(400)
    const { 'x-ts-rules': _rules, ...rest } = schema
    const next = {
      ...rest,
      required: ['name', 'weight'],
      properties: { ...others, weight: { ...weight, 'x-ts-unit': 'mg', minimum: 3000, title: 'Weight' } },
    }
    const draft = (
      await ask('PUT', 'sample-types/2/draft', { schema: next, changelog: 'milligrams' }, 'curator')
    ).body
    expect([draft.label, draft.problems]).toEqual(['Solids 2.0', []])
    expect(draft.changes.map(({ change }: { change: string }) => change)).toEqual([
      'renamed',
      'unit',
      'narrower',
    ])
    expect((await ask('POST', 'sample-types/2/publish', {}, 'researcher')).status).toBe(403)
    const published = await ask('POST', 'sample-types/2/publish', {}, 'curator')
    expect(published.body.current.label).toBe('Solids 2.0')
    const toVersionId = published.body.current.id
    const rehearsed = (await ask('POST', 'sample-types/2/rehearse', { toVersionId }, 'curator')).body
    expect(rehearsed).toMatchObject({
      total: 5,
      ok: 4,
      failed: 1,
      isDone: false,
      groups: [
        { message: '/weight: Must be at least 3000 mg.', count: 1, sampleIds: ['240616_000002_010001'] },
      ],
    })
    expect((await ask('GET', 'samples/1/details')).body.info).toEqual({ name: 'solid 10', weight_in_g: 10 })
    expect((await ask('POST', 'sample-types/2/migrate', { toVersionId }, 'curator')).body).toMatchObject({
      ok: 4,
      failed: 1,
      isDone: true,
    })
    expect((await ask('GET', 'samples/1/details')).body).toMatchObject({
      info: { name: 'solid 10', weight: 10_000 },
      revision: 2,
    })
    expect((await ask('GET', 'samples/search?q=weight%20%3E%205%20g')).body.total).toBe(2)
    expect((await ask('POST', 'sample-types/2/migrate', { toVersionId }, 'curator')).body.ok).toBe(0)
  })

  it('puts samples into the bin and takes them out', async () => {
    expect((await ask('DELETE', 'samples/2')).status).toBe(204)
    expect((await ask('GET', 'samples/2/details')).status).toBe(404)
    expect((await ask('GET', 'bin')).body.items).toMatchObject([
      { kind: 'sample', id: 2, title: '240616_000002_010001' },
    ])
    expect((await ask('POST', 'bin/sample/2/restore')).status).toBe(204)
    expect((await ask('GET', 'samples/by-id/240616_000002_010001')).body.id).toBe(2)
  })
})
