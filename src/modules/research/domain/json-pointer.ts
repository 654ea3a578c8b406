import { member } from './json-value.ts'

/** The value that a JSON pointer (RFC 6901) leads to. */
export function valueAt(document: unknown, pointer: string): unknown {
  let found = document
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    found = Array.isArray(found) ? found[Number(name)] : member(found, name)
  }
  return found
}
