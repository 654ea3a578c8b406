import { readConfig } from '../src/config.ts'
import { asSystem, type Context } from '../src/context.ts'
import { createUser } from '../src/modules/access/create-user.ts'
import { getOrCreateToken } from '../src/modules/access/get-or-create-token.ts'
import { createRecord } from '../src/modules/records/save-record.ts'
import { openSite } from '../src/site.ts'

/** Who and what a measurement of sessions needs: one unit with a list of nine tests, two of them composites. */
export type BenchDepartment = {
  readonly token: string
  readonly unitId: number
  readonly assignmentId: number
}

const INPUTS = ['t1', 't2', 't3', 't4', 't5', 't6', 't7']

/** Makes the department in a new data folder. */
export async function makeBenchDepartment(data: string): Promise<BenchDepartment> {
  const site = await openSite(readConfig({ data, logLevel: 'silent', timezone: 'America/Toronto' }, {}))
  const ctx = asSystem(site.base, 'bench')
  const add = (record: string, values: Record<string, unknown>) => addRecord(ctx, record, values)
  const user = await createUser(ctx, site.access, {
    username: 'bench',
    password: 'long-bench-password',
    isAdministrator: true,
  })
  const group = await add('access.group', { name: 'Bench', permissions: [] })
  const type = await add('machine-qa.unit-type', { name: 'Linac' })
  const unitId = await add('machine-qa.unit', { name: 'Bench unit', dateAcceptance: '2020-01-01', type })
  const category = await add('machine-qa.category', { name: 'Bench category' })
  const tests: number[] = []
  for (const slug of INPUTS)
    tests.push(await add('machine-qa.test', { name: slug, slug, category, type: 'simple' }))
  tests.push(
    await add('machine-qa.test', {
      name: 'total',
      slug: 'total',
      category,
      type: 'composite',
      calculationProcedure: `total = ${INPUTS.join(' + ')}`,
    }),
    await add('machine-qa.test', {
      name: 'ratio',
      slug: 'ratio',
      category,
      type: 'composite',
      calculationProcedure: 'ratio = total / t1',
    }),
  )
  const testList = await add('machine-qa.test-list', { name: 'Bench list', tests })
  const assignmentId = await add('machine-qa.assignment', {
    unit: unitId,
    testList,
    assignedTo: group,
    visibleTo: [group],
  })
  const token = await getOrCreateToken(ctx, site.access, user.id)
  await site.close()
  return { token, unitId, assignmentId }
}

async function addRecord(ctx: Context, record: string, values: Record<string, unknown>): Promise<number> {
  return (await createRecord(ctx, ctx.catalogue.get(record), values)).id
}
