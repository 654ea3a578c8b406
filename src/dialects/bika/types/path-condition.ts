import { all, type Condition, compare } from '../../../core/query.ts'
import { isWireRecord, textsOf, type WireValue } from '../wire/parameters.ts'

/** Objects at or below paths, as far below as `depth` says; 0 is the object alone, 1 its children. */
export function pathCondition(value: WireValue, site: string): Condition {
  const isRecord = isWireRecord(value) && 'query' in value
  const asked: Readonly<Record<string, WireValue>> = isRecord ? value : { query: value }
  const depth = Number.parseInt(String(asked.depth ?? asked.level ?? ''), 10)
  const paths = textsOf(asked.query).map((text) => sitePath(text, site))
  return { kind: 'any', of: paths.map((path) => below(path, Number.isNaN(depth) ? undefined : depth)) }
}

function below(path: string, depth: number | undefined): Condition {
  const self = compare('path', 'exact', path)
  const inside = compare('path', 'startswith', `${path}/`)
  if (depth === 0) return self
  if (depth === undefined || depth < 0) return { kind: 'any', of: [self, inside] }
  const deeper = compare('path', 'contains', '/')
  const tooDeep: Condition = {
    kind: 'compare',
    field: 'path',
    lookup: 'regex',
    value: `^${escapeRegex(path)}(/[^/]+){${Math.min(depth, 20) + 1},}$`,
  }
  return all(inside, deeper, { kind: 'not', of: tooDeep })
}

function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** A path within the site, however it is written: with the site's name or without, with a slash at either end or none. */
export function sitePath(text: string, site: string): string {
  const bare = `/${text.trim().replace(/^\/+|\/+$/g, '')}`
  const prefix = `/${site}`
  if (bare === prefix) return ''
  return bare.startsWith(`${prefix}/`) ? bare.slice(prefix.length) : bare === '/' ? '' : bare
}
