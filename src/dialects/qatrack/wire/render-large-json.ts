import { inTurns } from '../turns.ts'
import { renderJson } from './render-json.ts'

/** Objects that are written without letting others have their turn. */
const OBJECTS_AT_ONCE = 50

/** An answer as JSON; a page of many objects is written in turns, so that it does not hold up other requests. */
export async function renderLargeJson(body: unknown, indent = 0): Promise<string> {
  const results = resultsOf(body)
  if (!results || results.length <= OBJECTS_AT_ONCE) return renderJson(body, indent)
  const shell = renderJson({ ...(body as object), results: [] }, indent)
  const at = shell.lastIndexOf('[]')
  const objects = await inTurns(results, OBJECTS_AT_ONCE, (part) =>
    part.map((object) => renderJson(object, indent)),
  )
  return shell.slice(0, at) + enclosed(objects, indent) + shell.slice(at + 2)
}

function resultsOf(body: unknown): readonly unknown[] | undefined {
  if (typeof body !== 'object' || body === null || !('results' in body)) return undefined
  return Array.isArray(body.results) ? body.results : undefined
}

/** Objects as members of the list at the first level. */
function enclosed(objects: readonly string[], indent: number): string {
  if (indent === 0) return `[${objects.join(',')}]`
  const newline = `\n${' '.repeat(indent)}`
  const inner = newline + ' '.repeat(indent)
  return `[${inner}${objects.map((object) => object.replaceAll('\n', inner)).join(`,${inner}`)}${newline}]`
}
