import fc from 'fast-check'
import { type Generated, sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { fold } from './fold.ts'
import { key, type Migration, text } from './schema-builder.ts'
import { forEachDatabase } from './testing.ts'

describe('fold', () => {
  it.each([
    ['Unit 3', 'unit 3'],
    ['ÄÖÜ', 'äöü'],
    ['A\u0308', 'ä'],
    ['STRASSE', 'strasse'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['ﬁlter', 'filter'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['οδος', 'οδοσ'],
    ['Привет', 'привет'],
    ['', ''],
  ])('makes %s %s', (given, folded) => {
    expect(fold(given)).toBe(folded)
  })

  it('does not change what is folded already', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (value) => fold(fold(value)) === fold(value)))
  })
})

const words: Migration = {
  id: 'fold-0001',
  up: (schema) => schema.createTable('word', { id: key(), spelling: text().notNull().folded() }),
}

const TRICKY = [
  'a',
  'B',
  'A',
  'b',
  'Ä',
  'ä',
  'ß',
  'ss',
  'İ',
  'i',
  'I',
  'ı',
  'ﬁ',
  'fi',
  '_',
  ' ',
  '',
  'é',
  'e\u0301',
  '～',
  '😀',
  'Z',
  '10',
  '9',
]

forEachDatabase('text', [words], (open, kind) => {
  async function fill() {
    const { db, reader } = await open()
    const tables = db.withTables<{
      word: { id: Generated<number>; spelling: string; spelling_folded: string }
    }>()
    await tables.deleteFrom('word').execute()
    await tables
      .insertInto('word')
      .values(TRICKY.map((spelling) => ({ spelling, spelling_folded: fold(spelling) })))
      .execute()
    return { tables, reader }
  }

  it('is ordered by code point', async () => {
    const { tables } = await fill()
    const rows = await tables.selectFrom('word').select('spelling').orderBy('spelling').execute()
    const byCodePoint = TRICKY.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    expect(rows.map(({ spelling }) => spelling)).toStrictEqual(byCodePoint)
  })

  it.each([
    ['=', 'Ä', ['Ä']],
    ['=', 'e\u0301', ['e\u0301']],
    ['like', 'a%', ['a']],
    [
      'like',
      '_',
      ['a', 'B', 'A', 'b', 'Ä', 'ä', 'ß', 'İ', 'i', 'I', 'ı', 'ﬁ', '_', ' ', 'é', '～', '😀', 'Z', '9'],
    ],
    ['>=', '～', ['～', '😀']],
  ] as const)('is compared by code point: %s %s', async (operator, operand, found) => {
    const { tables, reader } = await fill()
    const query = tables
      .selectFrom('word')
      .select('spelling')
      .where('spelling', operator, operand)
      .orderBy('id')
    expect((await query.execute()).map(({ spelling }) => spelling)).toStrictEqual([...found])
    const threaded = await reader.executeQuery<{ spelling: string }>(query.compile())
    expect(threaded.rows.map(({ spelling }) => spelling)).toStrictEqual([...found])
  })

  it.runIf(kind === 'sqlite')('is folded by a function of SQLite as in the folded column', async () => {
    const { tables, reader } = await fill()
    for (const db of [tables, reader]) {
      const { rows } = await sql`select spelling from word where fold(spelling) <> spelling_folded`.execute(
        db,
      )
      expect(rows).toStrictEqual([])
    }
  })
})
