/**
 * Lists of research samples filtered by a number inside their info, on both databases:
 *
 *   node bench/research.ts [samples]
 */
import { asSystem } from '../src/context.ts'
import { EVERYTHING } from '../src/core/query.ts'
import { createRecord } from '../src/modules/records/save-record.ts'
import { parseSearch } from '../src/modules/research/domain/parse-search.ts'
import { findSamples } from '../src/modules/research/find-samples.ts'
import { fundingBodyRecord } from '../src/modules/research/records/funding-body.ts'
import { instituteRecord } from '../src/modules/research/records/institute.ts'
import { projectRecord } from '../src/modules/research/records/project.ts'
import { shipSampleTypes } from '../src/modules/research/ship-types.ts'
import { insertMany } from '../src/platform/database/insert-many.ts'
import { openTestDatabase } from '../src/platform/database/testing.ts'
import { createCatalogue } from '../src/platform/records/catalogue.ts'
import { MIGRATIONS, RECORDS } from '../src/site.ts'
import { makeContext } from '../tests/support/make-context.ts'

const COUNT = Number(process.argv[2] ?? 200_000)
const RUNS = 60
const AT_ONCE = 5000

type Rows = Record<string, Record<string, unknown>>

/** From one sample in a thousand to nearly all. */
const RANGES = [
  ['0.1 %', 'weight_in_g between 10 and 11 g'],
  ['1 %', 'weight_in_g between 10 and 20 g'],
  ['10 %', 'weight_in_g between 10 and 110 g'],
  ['50 %', 'weight_in_g > 500 g'],
  ['99 %', 'weight_in_g > 10000 mg'],
  ['1 % of 50 %', 'weight_in_g > 500 g and density_in_gccm between 2 and 2.02 g/cm3'],
] as const

for (const kind of ['sqlite', 'postgres'] as const) {
  const database = await openTestDatabase(kind, MIGRATIONS)
  const ctx = asSystem({ ...makeContext(database), catalogue: createCatalogue(RECORDS) }, 'bench')
  await shipSampleTypes(ctx)
  const institute = { name: 'I', street: 's', postcode: '1', city: 'c', telephone: '1', email: 'a@b.de' }
  await createRecord(ctx, instituteRecord, institute)
  await createRecord(ctx, fundingBodyRecord, { name: 'F' })
  const funded = {
    fundingBody: 1,
    fundingNumber: '1',
    fundingPeriodStart: '2020-01-01',
    fundingPeriodEnd: '2030-01-01',
  }
  await createRecord(ctx, projectRecord, { ...funded, name: 'P', abbreviation: 'P' })
  const fields = await database.db
    .withTables<{ research_field: { id: number; path: string; sample_type_id: number } }>()
    .selectFrom('research_field')
    .selectAll()
    .where('sample_type_id', '=', 2)
    .execute()
  const fieldId = (path: string) => fields.find((field) => field.path === path)?.id ?? 0
  const [weightId, densityId] = [fieldId('weight_in_g'), fieldId('density_in_gccm')]
  for (let start = 0; start < COUNT; start += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, COUNT - start) }, (_, index) => start + index + 1)
    // scattered, so that no order of the table helps
    const weight = (n: number) => ((n * 7919) % 100_000) / 100
    const density = (n: number) => 1 + ((n * 104_729) % 20_000) / 10_000
    await database.transaction(async (db) => {
      await insertMany(
        db.withTables<Rows>(),
        'research_sample',
        numbers.map((n) => sampleRow(n, weight(n), density(n))),
      )
      await insertMany(
        db.withTables<Rows>(),
        'research_value',
        numbers.flatMap((n) => [
          valueRow(n, weightId, weight(n) / 1000),
          valueRow(n, densityId, density(n) * 1000),
        ]),
      )
    })
  }
  await database.optimize()
  for (const [share, q] of RANGES) {
    for (const total of ['none', 'exact'] as const) {
      const times: number[] = []
      let found = 0
      for (let run = 0; run < RUNS; run += 1) {
        const began = performance.now()
        const { rows } = await findSamples(ctx, {
          search: parseSearch(q),
          where: EVERYTHING,
          limit: 100,
          offset: 0,
          total,
        })
        times.push(performance.now() - began)
        found = rows.length
      }
      times.sort((a, b) => a - b)
      const at = (part: number) => (times[Math.floor(times.length * part)] ?? 0).toFixed(1)
      process.stdout.write(
        `${kind}  ${share.padEnd(12)} total ${total.padEnd(5)}  ${found} rows  p50 ${at(0.5)} ms  p95 ${at(0.95)} ms\n`,
      )
    }
  }
  await database.close()
}

function sampleRow(n: number, weight: number, density: number): Record<string, unknown> {
  const at = new Date(Date.UTC(2024, 0, 1) + n * 1000)
  const sampleId = `24${String(n).padStart(4, '0').slice(-4)}_${String(n).padStart(6, '0')}_010001`
  const info = JSON.stringify({ name: `sample ${n}`, weight_in_g: weight, density_in_gccm: density })
  return {
    sample_id: sampleId,
    sample_id_folded: sampleId,
    name: `sample ${n}`,
    name_folded: `sample ${n}`,
    date_created: '2024-06-16',
    sample_type_id: 2,
    type_version_id: 2,
    institute_id: 1,
    project_id: 1,
    info,
    created_at: at,
    modified_at: at,
  }
}

function valueRow(sampleId: number, fieldId: number, number: number): Record<string, unknown> {
  return { sample_id: sampleId, field_id: fieldId, ordinal: 0, number, number_high: null, text: null }
}
