import type { DataSet } from './data-set.ts'
import { findNumber, findText, readNumbers } from './read-value.ts'
import { TAGS, type Tag } from './tag.ts'

const IMAGE_POSITION: Tag = 0x00200032
const IMAGE_ORIENTATION: Tag = 0x00200037
const INSTANCE_NUMBER: Tag = 0x00200013

/** A file with its name, as it came out of an archive or a folder. */
export type NamedInstance = { readonly name: string; readonly dataSet: DataSet }

/**
 * Instances in the order in which people look at them: series by first appearance, then along the normal of the
 * slices where all of a series have position and orientation, else by Instance Number, else by name.
 */
export function orderInstances<T extends NamedInstance>(instances: readonly T[]): readonly T[] {
  const series = Map.groupBy(instances, ({ dataSet }) => findText(dataSet, TAGS.seriesInstanceUid) ?? '')
  return [...series.values()].flatMap(orderSeries)
}

function orderSeries<T extends NamedInstance>(instances: readonly T[]): readonly T[] {
  const normal = normalOf(instances[0]?.dataSet)
  const keyed = instances.map((instance) => ({
    instance,
    distance: normal && distanceAlong(normal, instance.dataSet),
    number: findNumber(instance.dataSet, INSTANCE_NUMBER),
  }))
  const byDistance = keyed.every(({ distance }) => distance !== undefined)
  return keyed
    .sort(
      (a, b) =>
        (byDistance ? (a.distance ?? 0) - (b.distance ?? 0) : 0) ||
        (a.number ?? Number.MAX_SAFE_INTEGER) - (b.number ?? Number.MAX_SAFE_INTEGER) ||
        compareNames(a.instance.name, b.instance.name),
    )
    .map(({ instance }) => instance)
}

/** `slice2` before `slice10`. */
const byNumber = new Intl.Collator('en', { numeric: true })

function compareNames(a: string, b: string): number {
  return byNumber.compare(a, b)
}

type Vector = readonly [number, number, number]

/** The cross product of the row and column directions (PS3.3 C.7.6.2.1.1). */
function normalOf(dataSet: DataSet | undefined): Vector | undefined {
  const values = dataSet && finiteNumbers(dataSet, IMAGE_ORIENTATION, 6)
  if (!values) return undefined
  const [rx = 0, ry = 0, rz = 0, cx = 0, cy = 0, cz = 0] = values
  return [ry * cz - rz * cy, rz * cx - rx * cz, rx * cy - ry * cx]
}

function distanceAlong([nx, ny, nz]: Vector, dataSet: DataSet): number | undefined {
  const position = finiteNumbers(dataSet, IMAGE_POSITION, 3)
  if (!position) return undefined
  const [x = 0, y = 0, z = 0] = position
  return x * nx + y * ny + z * nz
}

function finiteNumbers(dataSet: DataSet, tag: Tag, count: number): readonly number[] | undefined {
  const element = dataSet.elements.get(tag)
  const values = element ? readNumbers(element, dataSet) : []
  return values.length === count && values.every(Number.isFinite) ? values : undefined
}
