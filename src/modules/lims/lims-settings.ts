import { asSystem, type Context } from '../../context.ts'
import { EVERYTHING } from '../../core/query.ts'
import type { Row } from '../../core/record.ts'
import { listRecords } from '../records/list-records.ts'
import { settings } from './records/settings.ts'

export type LimsSettings = Omit<Row<typeof settings>, 'idFormats' | 'rejectionReasons'> & {
  readonly idFormats: Readonly<Record<string, string>>
  readonly rejectionReasons: readonly string[]
}

const DEFAULTS = Object.fromEntries(
  Object.entries(settings.fields).map(([name, field]) => [name, 'default' in field ? field.default : null]),
)

/** The rules that the laboratory chose, or their defaults before anybody chose. */
export async function limsSettings(ctx: Context): Promise<LimsSettings> {
  const query = { where: EVERYTHING, order: [], limit: 1, offset: 0 }
  const { rows } = await listRecords(asSystem(ctx, 'settings'), settings, query, {
    total: 'none',
    relations: 'none',
  })
  const stored = Object.fromEntries(Object.entries(rows[0] ?? {}).filter(([, value]) => value !== null))
  // the declaration names every field, so defaults and row together are complete
  return { id: 0, version: 0, ...DEFAULTS, ...stored } as unknown as LimsSettings
}
