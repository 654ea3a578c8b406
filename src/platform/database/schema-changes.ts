import { CompiledQuery } from 'kysely'
import type { Database } from './database.ts'
import { kindOf } from './open-database.ts'
import type { SchemaBuilder } from './schema-builder.ts'
import { addColumnStatements, indexStatement, quote, tableStatements } from './table-ddl.ts'

/** The schema builder that runs its statements in the transaction `db`. */
export function schemaChanges(db: Database): SchemaBuilder {
  const kind = kindOf(db)

  async function run(statements: readonly string[]): Promise<void> {
    for (const statement of statements) await db.executeQuery(CompiledQuery.raw(statement))
  }

  return {
    kind,
    db,
    createTable: (table, columns, options) => run(tableStatements(kind, table, columns, options)),
    addColumn: (table, name, column) => run(addColumnStatements(kind, table, { [name]: column })),
    createIndex: (table, index) => run([indexStatement(kind, table, new Map(), index)]),
    dropIndex: (name) => run([`drop index ${quote(name)}`]),
    dropTable: (table) => run([`drop table ${quote(table)}`]),
    raw: async (statements) => run([statements[kind] ?? []].flat()),
  }
}
