import type { JsonObject } from './json-value.ts'

/** Names inside an archive: lower-case letters, digits, dot, hyphen and underscore. */
export function archiveName(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const safe = plain.replaceAll(/[^a-z0-9._-]+/g, '-').replaceAll(/^[-.]+|[-.]+$/g, '')
  return safe.slice(0, 100) || 'file'
}

/** One node of a crate's graph; what is empty is left out, since RO-Crate knows no empty values. */
export function node(id: string, type: string, fields: JsonObject): JsonObject {
  const filled = Object.entries(fields).filter(
    ([, value]) =>
      value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
  )
  return { '@id': id, '@type': type, ...Object.fromEntries(filled) }
}

export function idOf(id: string): JsonObject {
  return { '@id': id }
}

/** What every crate of ours begins with. @see specification 5.13 */
export function crateFrame(facts: {
  readonly name: string
  readonly description: string
  /** ISO 8601 with zone */
  readonly at: string
  readonly host: string
  readonly software: string
  readonly parts: readonly string[]
}): readonly JsonObject[] {
  return [
    node('ro-crate-metadata.json', 'CreativeWork', {
      about: idOf('./'),
      conformsTo: idOf('https://w3id.org/ro/crate/1.1'),
      sdPublisher: idOf('#touchstone'),
      version: '1.0',
      dateCreated: facts.at,
    }),
    node('./', 'Dataset', {
      name: facts.name,
      description: facts.description,
      datePublished: facts.at,
      license: idOf('#license'),
      hasPart: facts.parts.map(idOf),
    }),
    node('#license', 'CreativeWork', {
      name: 'All rights reserved',
      description: 'No licence was chosen; ask the institute before using these data.',
    }),
    node('#touchstone', 'Organization', { name: 'Touchstone', url: facts.host }),
    node('#software', 'SoftwareApplication', {
      name: 'Touchstone',
      version: facts.software,
      url: facts.host,
    }),
    node('#ro-crate-created', 'CreateAction', {
      name: 'RO-Crate created',
      object: idOf('./'),
      endTime: facts.at,
      instrument: idOf('#software'),
      actionStatus: 'http://schema.org/CompletedActionStatus',
    }),
  ]
}

/** UN/CEFACT Recommendation 20 codes of UCUM units. */
export const UNIT_CODES: Readonly<Record<string, string>> = {
  kg: 'KGM',
  g: 'GRM',
  mg: 'MGM',
  cm3: 'CMQ',
  mL: 'MLT',
  L: 'LTR',
  'g/cm3': '23',
  Cel: 'CEL',
  mm: 'MMT',
  um: '4H',
  m: 'MTR',
  s: 'SEC',
  h: 'HUR',
  '%': 'P1',
}
