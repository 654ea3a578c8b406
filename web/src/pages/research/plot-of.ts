import type { FilePreview } from '../../../../src/dialects/native/research/research.schema.ts'
import type { ChartSeries } from '../../ui/chart-model.ts'

type Table = Pick<Extract<FilePreview, { kind: 'table' }>, 'columns' | 'rows'>

/** Columns as curves along another column, or along the number of the row where that is empty; in its order. */
export function plotOf(table: Table, along: string, names: readonly string[]): readonly ChartSeries[] {
  const placeOf = (name: string): number => table.columns.findIndex((column) => column.name === name)
  const alongPlace = placeOf(along)
  return names.map((name) => {
    const place = placeOf(name)
    const points = table.rows
      .map((row, index) => ({ at: along === '' ? index + 1 : row[alongPlace], value: row[place] ?? null }))
      .flatMap(({ at, value }) =>
        typeof at === 'number' ? [{ at, value: typeof value === 'number' ? value : null }] : [],
      )
    return { id: name, name, points: points.toSorted((one, other) => one.at - other.at) }
  })
}
