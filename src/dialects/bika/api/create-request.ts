import { compare } from '../../../core/query.ts'
import type { ResultRange } from '../../../modules/lims/domain/result-range.ts'
import { service } from '../../../modules/lims/records/service.ts'
import { registerSamples } from '../../../modules/lims/register-samples.ts'
import type { NewRequest } from '../../../modules/lims/registering/new-request.ts'
import { listRecords } from '../../../modules/records/list-records.ts'
import type { Call } from '../endpoint.ts'
import { textsOf, type WireValue } from '../wire/parameters.ts'
import { parseLiteral } from '../wire/python-literal.ts'
import { WireError } from '../wire-error.ts'
import { inWireNames, readFields, unusedFields, writableField } from './read-fields.ts'
import { resolveReference } from './resolve-reference.ts'

const REQUIRED = ['Client', 'SampleType', 'Contact', 'SamplingDate', 'Services'] as const

/** Parameters that only registering knows. */
const SPECIAL = new Set([
  'Client',
  'Services',
  'ResultsRange',
  'Analysis_Specification',
  'Sample',
  'Profile',
  'Profiles',
  'Template',
  'SampleType',
  'Specification',
])

/** `create` of an AnalysisRequest: request, sample, partition and analyses in one go. @see specification 1.9 */
export async function createRequest(
  call: Call,
  own: ReadonlySet<string>,
): Promise<Readonly<Record<string, unknown>>> {
  const { ctx, around, parameters } = call
  const wire = around.types.find('AnalysisRequest')
  if (!wire) throw new Error('AnalysisRequest is no type')
  const fields = new Map([...parameters].filter(([name]) => !own.has(name)))
  requireFields(fields)
  const unknown = [...fields.keys()].filter((name) => !SPECIAL.has(name) && !writableField(wire, name))
  if (unknown.length > 0) throw unusedFields(unknown)
  const one = async (name: string, target: string, missing?: string) => (await many(name, target, missing))[0]
  const many = async (name: string, target: string, missing?: string): Promise<readonly number[]> => {
    const texts = textsOf(fields.get(name)).filter((text) => text.trim() !== '')
    const ids: number[] = []
    for (const text of texts) ids.push(...(await resolve(call, name, target, text, missing)))
    return [...new Set(ids)]
  }
  const client = await one('Client', 'lims.client', 'Client not found')
  const plain = new Map([...fields].filter(([name]) => !SPECIAL.has(name)))
  const { values, warnings } = await readFields(ctx, around, wire, plain)
  const given = {
    ...values,
    client,
    sampleType: await one('SampleType', 'lims.sample-type'),
    sample: (await one('Sample', 'lims.sample', 'Sample not found')) ?? null,
    services: await many('Services', 'lims.service'),
    profiles: [...(await many('Profile', 'lims.profile')), ...(await many('Profiles', 'lims.profile'))],
    template: (await one('Template', 'lims.template')) ?? null,
    specification: (await one('Specification', 'lims.specification')) ?? null,
    ...(await rangesOf(call, fields)),
  } as unknown as NewRequest
  const [made] = await registerSamples(ctx, [given]).catch((error: unknown) => {
    throw inWireNames(wire, error)
  })
  if (!made) throw new Error('nothing was registered')
  const path = (text: string) => `/${around.site}${text}`
  return {
    sample_id: made.sample.objectId,
    ar_id: made.request.objectId,
    obj_id: made.request.objectId,
    obj_uid: made.request.uid,
    obj_path: path(made.request.path),
    sample_uid: made.sample.uid,
    sample_path: path(made.sample.path),
    analyses: made.analyses.map(({ keyword, uid, path: at }) => ({ keyword, uid, path: path(at) })),
    ...(warnings.length > 0 ? { warnings } : {}),
  }
}

/** Services may be left out where a profile or a template names them, sample type and date where the sample is known. */
function requireFields(fields: ReadonlyMap<string, WireValue>): void {
  const hasServices = ['Profile', 'Profiles', 'Template'].some((name) => fields.has(name))
  for (const name of REQUIRED) {
    if (name === 'Services' && hasServices) continue
    const value = fields.get(name)
    if (value === undefined) throw new WireError(`Required field not found in request: ${name}`)
    if (textsOf(value).every((text) => text.trim() === ''))
      throw new WireError(`Required field ${name} may not have blank value`)
  }
}

async function resolve(
  { ctx, around }: Call,
  name: string,
  target: string,
  text: string,
  missing?: string,
): Promise<readonly number[]> {
  try {
    return await resolveReference(ctx, around, name, target, text)
  } catch (error) {
    if (missing !== undefined && error instanceof WireError) throw new WireError(missing)
    throw error
  }
}

async function rangesOf(
  { ctx }: Call,
  fields: ReadonlyMap<string, WireValue>,
): Promise<{ readonly resultsRange?: readonly ResultRange[] }> {
  const given = fields.get('ResultsRange')
  const older = textsOf(fields.get('Analysis_Specification'))
  if (given === undefined && older.length === 0) return {}
  const ranges = [...readRanges(given), ...older.map(readOlder)]
  const keywords = [...new Set(ranges.map(({ keyword }) => keyword))]
  const { rows } = await listRecords(
    ctx,
    service,
    { where: compare('keyword', 'in', keywords), order: [], limit: keywords.length + 1, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  const known = new Set(rows.map(({ keyword }) => keyword))
  const unknown = older.length > 0 ? keywords.find((keyword) => !known.has(keyword)) : undefined
  if (unknown !== undefined) throw new WireError(`Service not found: ${unknown}`)
  return { resultsRange: ranges }
}

function readRanges(given: WireValue | undefined): readonly ResultRange[] {
  if (given === undefined || given === '') return []
  const value = typeof given === 'string' ? parseLiteral(given)?.value : given
  const isList =
    Array.isArray(value) &&
    value.every(
      (each) => typeof each === 'object' && each !== null && !Array.isArray(each) && 'keyword' in each,
    )
  if (!isList)
    throw new WireError(
      `Invalid value for ResultsRange (${typeof given === 'string' ? given : JSON.stringify(given)})`,
    )
  return value.map(
    (each) =>
      Object.fromEntries(
        Object.entries(each as object).map(([name, part]) => [name, String(part ?? '')]),
      ) as ResultRange,
  )
}

/** `<Keyword>:<min>:<max>:<error>` */
function readOlder(text: string): ResultRange {
  const [keyword = '', min = '', max = '', error = ''] = text.split(':')
  return { keyword, min, max, error }
}
