import type { Context } from '../../context.ts'
import { isJsonObject, isShallow, type JsonObject } from '../../modules/research/domain/json-value.ts'
import type { SpooledFile } from '../../modules/research/domain/stored-file.ts'
import { instituteRecord } from '../../modules/research/records/institute.ts'
import { methodRecord } from '../../modules/research/records/method.ts'
import { projectRecord } from '../../modules/research/records/project.ts'
import type { Sample } from '../../modules/research/records/sample.ts'
import { sampleTypeRecord } from '../../modules/research/records/sample-type.ts'
import { findSampleIdProblem } from '../../modules/research/register-sample.ts'
import type { ResearchServices } from '../../modules/research/research-services.ts'
import { refuseProblems } from '../../platform/http/wire-error.ts'
import { WRONG_STRUCTURE } from './errors.ts'
import { problem, REQUIRED, type Reading, readDate, readText, value } from './field-readers.ts'
import {
  type FieldSource,
  keyOf,
  NOT_A_FILE,
  optionalKeyOf,
  parseJsonText,
  readJsonFile,
  sampleOf,
  take,
  takeFile,
  takeZip,
} from './write-fields.ts'

/** What a body says of a sample; fields that are absent stay as they are. */
export type SampleFields = {
  readonly sampleId: string | undefined
  readonly name: string | undefined
  readonly dateCreated: string | undefined
  readonly info: JsonObject | undefined
  readonly infoFile: SpooledFile | undefined
  readonly supplementaryFile: SpooledFile | undefined
  readonly instituteId: number | undefined
  readonly methodId: number | null | undefined
  readonly projectId: number | undefined
  readonly sampleTypeId: number | undefined
  readonly parentId: number | null | undefined
}

const INVALID_TYPE = 'Invalid sample type.'
const DEEPEST = 20

/**
 * Reads the fields of a sample, in the order in which the documented system names their problems.
 *
 * @param stored the sample that is written to; undefined for a new one
 * @throws WireError 400 with every problem at once
 */
export async function parseSample(
  ctx: Context,
  services: ResearchServices,
  source: FieldSource,
  stored: Sample | undefined,
): Promise<SampleFields> {
  // read in an order of their own, told in that of the wire
  const later: FieldSource = { ...source, problems: {} }
  const name = await take(later, 'name', readText(255))
  const dateCreated = await take(later, 'date_created', readDate)
  const relations: FieldSource = { ...source, problems: {} }
  const instituteId = await take(relations, 'institute', keyOf(ctx, instituteRecord))
  const methodId = await take(relations, 'method', optionalKeyOf(ctx, methodRecord), 'optional')
  const projectId = await take(relations, 'project', keyOf(ctx, projectRecord))
  const sampleTypeId = await take(relations, 'sample_type', keyOf(ctx, sampleTypeRecord))
  const parent = await take(relations, 'parent', sampleOf(ctx, 'null'), 'optional')
  const sampleId = await takeSampleId(ctx, services, source, stored, { instituteId, methodId })
  Object.assign(source.problems, later.problems)
  const { info, file: infoFile } = await takeInfo(source, stored, sampleTypeId)
  const supplementaryFile = await takeZip(source, 'supplementary_file', 'optional')
  Object.assign(source.problems, relations.problems)
  refuseProblems(source.problems)
  const parentId = parent === undefined ? undefined : (parent?.id ?? null)
  return {
    sampleId,
    name,
    dateCreated,
    info,
    infoFile,
    supplementaryFile,
    instituteId,
    methodId,
    projectId,
    sampleTypeId,
    parentId,
  }
}

/** The id of a new sample; that of a stored one can only be repeated. */
async function takeSampleId(
  ctx: Context,
  services: ResearchServices,
  source: FieldSource,
  stored: Sample | undefined,
  codes: { readonly instituteId: number | undefined; readonly methodId: number | null | undefined },
): Promise<string | undefined> {
  return take(
    source,
    'sample_id',
    async (given): Promise<Reading<string>> => {
      // its length has messages of its own
      const text = readText(10_000)(given)
      if (text.kind === 'problem') return text
      if (stored) return text.value === stored.sampleId ? text : problem('The sample ID cannot be changed.')
      const found = await findSampleIdProblem(ctx, services, { sampleId: text.value, ...codes })
      return found.problem === undefined ? text : problem(found.problem)
    },
    stored ? 'optional' : 'required',
  )
}

type GivenInfo = { readonly info: JsonObject | undefined; readonly file: SpooledFile | undefined }

const NOTHING: GivenInfo = { info: undefined, file: undefined }

/** The document, as a file or, in JSON, as it is. It is read for its type, so without one nothing can be said of it. */
async function takeInfo(
  source: FieldSource,
  stored: Sample | undefined,
  sampleTypeId: number | undefined,
): Promise<GivenInfo> {
  const { body, problems } = source
  const inline = body.kind === 'json' && body.fields.has('sample_info')
  const file = inline ? undefined : takeFile(source, 'sample_info', 'required')
  if (!inline && !file) return NOTHING
  const reading = file ? await readJsonFile(file) : readInline(body.fields.get('sample_info'))
  const checked = reading.kind === 'problem' ? reading : requireObject(reading.value)
  if (checked.kind === 'problem') {
    problems.sample_info = [checked.text]
    return NOTHING
  }
  const hasType = sampleTypeId !== undefined || (stored !== undefined && !body.fields.has('sample_type'))
  if (!hasType) {
    problems.sample_info = [INVALID_TYPE]
    return NOTHING
  }
  return { info: checked.value, file }
}

function readInline(given: unknown): Reading<unknown> {
  if (given === null) return problem(REQUIRED)
  if (typeof given === 'string') return parseJsonText(given)
  return typeof given === 'object' ? value(given) : problem(NOT_A_FILE)
}

function requireObject(document: unknown): Reading<JsonObject> {
  return isJsonObject(document) && isShallow(document, DEEPEST) ? value(document) : problem(WRONG_STRUCTURE)
}
