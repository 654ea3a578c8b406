import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { columnOf, isFolded, isStored, queryFields, type RecordType } from '../../../../core/record.ts'
import type { DatabaseHandle } from '../../../../platform/database/database.ts'
import { forEachDatabase } from '../../../../platform/database/testing.ts'
import { equipment } from '../../../equipment/records/equipment.ts'
import { site } from '../../../equipment/records/site.ts'
import { machineQaRecords } from '../../records/all.ts'
import { QA_TEST_MIGRATIONS } from '../../testing.ts'

async function columnsOfTable({ db, kind }: DatabaseHandle, table: string): Promise<string[]> {
  const query =
    kind === 'sqlite'
      ? sql<{ name: string }>`select name from pragma_table_info(${table})`
      : sql<{
          name: string
        }>`select column_name as name from information_schema.columns where table_name = ${table}`
  return (await query.execute(db)).rows.map(({ name }) => name).sort()
}

function declaredColumns(record: RecordType): string[] {
  const fields = Object.entries(queryFields(record)).filter(([, field]) => isStored(field))
  const columns = fields.flatMap(([name, field]) => {
    const column = columnOf(name, field)
    return isFolded(field) ? [column, `${column}_folded`] : [column]
  })
  return [...new Set(columns)].sort()
}

const RECORDS = [...machineQaRecords, equipment, site]

forEachDatabase('the tables of machine QA', QA_TEST_MIGRATIONS, (open) => {
  it.each(RECORDS.map((record) => [record.name, record] as const))(
    '%s has exactly its columns',
    async (_, record) => {
      expect(await columnsOfTable(await open(), record.table)).toEqual(declaredColumns(record))
    },
  )

  it('has a table for every to-many relation', async () => {
    const database = await open()
    for (const { through } of RECORDS.flatMap((record) => Object.values(record.fields))) {
      if (!through || through.table.startsWith('access_')) continue
      expect(await columnsOfTable(database, through.table)).toEqual(
        expect.arrayContaining([through.from, through.to, ...(through.order ? [through.order] : [])]),
      )
    }
  })
})
