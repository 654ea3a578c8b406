import { readFile } from 'node:fs/promises'
import type { Context } from '../../context.ts'
import type { RecordType } from '../../core/record.ts'
import { findRecords } from '../../modules/records/list-records.ts'
import type { SpooledFile } from '../../modules/research/domain/stored-file.ts'
import type { Sample } from '../../modules/research/records/sample.ts'
import { findSampleById } from '../../modules/research/sample-ids.ts'
import { isZipFile } from '../../modules/research/zip-directory.ts'
import { missingKey, NOT_NULL, problem, REQUIRED, type Reading, readKey, value } from './field-readers.ts'
import type { ReceivedBody } from './received-body.ts'
import { utf8Problem } from './utf8-problem.ts'

/** Whether all fields must be there, or only some are changed. */
export type WriteMode = 'whole' | 'part'

/** What is wrong with the fields of a body, in their order. */
export type Problems = Record<string, string[]>

export type FieldSource = {
  readonly body: ReceivedBody
  readonly mode: WriteMode
  readonly problems: Problems
}

/** A field's value; undefined where it is absent or wrong, which is then noted. */
export async function take<T>(
  { body, mode, problems }: FieldSource,
  name: string,
  read: (given: unknown) => Reading<T> | Promise<Reading<T>>,
  absent: 'required' | 'optional' = 'required',
): Promise<T | undefined> {
  if (!body.fields.has(name)) {
    if (mode === 'whole' && absent === 'required') problems[name] = [REQUIRED]
    return undefined
  }
  const reading = await read(body.fields.get(name))
  if (reading.kind === 'value') return reading.value
  problems[name] = [reading.text]
  return undefined
}

/** The key of a row that the caller may know of. */
export function keyOf(ctx: Context, record: RecordType): (given: unknown) => Promise<Reading<number>> {
  return async (given) => {
    const key = readKey(given)
    if (key.kind === 'problem') return key
    if (key.value === null) return problem(NOT_NULL)
    return (await exists(ctx, record, key.value)) ? value(key.value) : problem(missingKey(key.value))
  }
}

/** As {@link keyOf}, of a relation that may be empty. */
export function optionalKeyOf(
  ctx: Context,
  record: RecordType,
): (given: unknown) => Promise<Reading<number | null>> {
  return async (given) => {
    const key = readKey(given)
    if (key.kind === 'problem' || key.value === null) return key
    return (await exists(ctx, record, key.value)) ? key : problem(missingKey(key.value))
  }
}

async function exists(ctx: Context, record: RecordType, id: number): Promise<boolean> {
  if (!Number.isSafeInteger(id) || id < 1) return false
  const [row] = await findRecords(ctx, record, [id])
  return row !== undefined && (row.retiredAt ?? null) === null
}

/** A sample by the id that people know; null where it may be empty. */
export function sampleOf(ctx: Context, empty: 'refused'): (given: unknown) => Promise<Reading<Sample>>
export function sampleOf(ctx: Context, empty: 'null'): (given: unknown) => Promise<Reading<Sample | null>>
export function sampleOf(ctx: Context, empty: 'refused' | 'null') {
  return async (given: unknown): Promise<Reading<Sample | null>> => {
    if (given === null || given === '') return empty === 'null' ? value(null) : problem(NOT_NULL)
    const id = String(given)
    const found = id.length <= 100 && !id.includes('\0') ? await findSampleById(ctx, id) : undefined
    return found ? value(found) : problem(missingKey(id.slice(0, 100)))
  }
}

export const NOT_A_FILE = 'The submitted data was not a file. Check the encoding type on the form.'
const NO_FILE = 'No file was submitted.'
const LONGEST_NAME = 100

/** A file of the form; undefined where there is none or something is wrong with it, which is then noted. */
export function takeFile(
  { body, mode, problems }: FieldSource,
  name: string,
  absent: 'required' | 'optional',
): SpooledFile | undefined {
  const file = body.files.get(name)
  if (!file) {
    const given = body.fields.get(name)
    const isEmpty = given === undefined || given === null || (given === '' && absent === 'optional')
    if (!isEmpty) problems[name] = [NOT_A_FILE]
    else if (absent === 'required' && mode === 'whole') problems[name] = [NO_FILE]
    return undefined
  }
  const length = [...file.name].length
  if (length > LONGEST_NAME)
    problems[name] = [`Ensure this filename has at most ${LONGEST_NAME} characters (it has ${length}).`]
  else if (file.bytes === 0) problems[name] = ['The submitted file is empty.']
  else return file
  return undefined
}

/** A file that is a ZIP by its content. */
export async function takeZip(
  source: FieldSource,
  name: string,
  absent: 'required' | 'optional',
): Promise<SpooledFile | undefined> {
  const file = takeFile(source, name, absent)
  if (!file || (await isZipFile(file.path))) return file
  source.problems[name] = ['Only zip files are allowed.']
  return undefined
}

const LARGEST_JSON = 2 ** 20
const NO_JSON = 'Invalid JSON file. Please upload a valid JSON file.'

/** The document in an uploaded file; a mark of byte order is passed over. */
export async function readJsonFile(file: SpooledFile): Promise<Reading<unknown>> {
  if (file.bytes > LARGEST_JSON)
    return problem(`Ensure this file has at most ${LARGEST_JSON} bytes (it has ${file.bytes}).`)
  const bytes = await readFile(file.path)
  const wrong = utf8Problem(bytes)
  if (wrong !== undefined) return problem(`An error occurred while processing the file: ${wrong}`)
  return parseJsonText(bytes.toString('utf8').replace(/^\uFEFF/, ''))
}

export function parseJsonText(text: string): Reading<unknown> {
  try {
    return value(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) return problem(NO_JSON)
    throw error
  }
}
