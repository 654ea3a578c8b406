import { SUB_ROOTS } from '../resources/roots.ts'
import { type ParseField, problem } from './field-values.ts'
import { pythonType } from './python-words.ts'

const NO_MATCH = 'Invalid hyperlink - No URL match.'
const INCORRECT_MATCH = 'Invalid hyperlink - Incorrect URL match.'
export const NO_SUCH_OBJECT = 'Invalid hyperlink - Object does not exist.'

const RESOURCES: ReadonlySet<string> = new Set(
  Object.entries(SUB_ROOTS).flatMap(([part, names]) => names.map((name) => `${part}/${name}`)),
)

/** Addresses of this API and its pages that are no object of a resource. */
const OTHER_ADDRESSES = /^\/(api\/(?:get-token\/|schema\/)?|api\/[a-z]+\/|(?:qa|qc)\/.*)$/

/**
 * Reads a reference to an object: an absolute address of whichever host, or a path; `qa` and `qc` alike.
 *
 * @param resource the resource it must lead to, written with `qa`
 * @returns the id, which may be of an object that does not exist
 */
export function parseHyperlink(resource: string): ParseField<number> {
  return (given, text) => {
    if (typeof given !== 'string') {
      return problem(`Incorrect type. Expected URL string, received ${pythonType(given, text)}.`)
    }
    if (given === '') return problem('This field may not be null.')
    const path = pathOf(given)
    if (path === undefined) return problem(NO_MATCH)
    const object = objectAt(path)
    if (!object) return problem(isOtherAddress(path) ? INCORRECT_MATCH : NO_MATCH)
    if (object.resource !== resource) return problem(INCORRECT_MATCH)
    return /^\d{1,9}$/.test(object.id) ? { value: Number(object.id) } : problem(NO_SUCH_OBJECT)
  }
}

function objectAt(path: string): { readonly resource: string; readonly id: string } | undefined {
  const [, part = '', name = '', id = ''] =
    /^\/api\/([a-z]+)\/([a-z]+)\/([^/.]+)(?:\/|\.[a-z0-9]+\/?)$/.exec(path) ?? []
  const resource = `${part === 'qc' ? 'qa' : part}/${name}`
  return RESOURCES.has(resource) ? { resource, id } : undefined
}

/** The decoded path of an address, without the prefix under which a dialect may stand alone. */
function pathOf(address: string): string | undefined {
  const path = /^https?:/.test(address)
    ? address.replace(/^https?:(?:\/\/[^/?#]*)?/, '').replace(/[?#;].*$/s, '')
    : address
  try {
    return decodeURIComponent(path).replace(/^\/compat\/qatrack(?=\/)/, '')
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

function isOtherAddress(path: string): boolean {
  const list = /^\/api\/([a-z]+)\/([a-z]+)\/$/.exec(path)
  if (list) return RESOURCES.has(`${list[1] === 'qc' ? 'qa' : list[1]}/${list[2]}`)
  const part = /^\/api\/([a-z]+)\/$/.exec(path)?.[1]
  if (part !== undefined && !['get-token', 'schema', 'qc'].includes(part))
    return Object.hasOwn(SUB_ROOTS, part)
  return OTHER_ADDRESSES.test(path)
}
