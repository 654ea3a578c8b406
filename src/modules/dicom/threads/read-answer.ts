import type { CodecPool } from '../codecs/codec-pool.ts'
import { type DataSet, type DicomElement, valueBytes } from '../domain/data-set.ts'
import { elementText } from '../domain/element-text.ts'
import { findByKeyword, isFalsy, listNamedElements } from '../domain/metadata-text.ts'
import { pythonBytesSteps } from '../domain/python-bytes.ts'
import { findText } from '../domain/read-value.ts'
import { TAGS } from '../domain/tag.ts'
import { isBulkVr } from '../domain/vr.ts'
import type { ReadTask } from './file-task.ts'
import { type Instance, readInstances } from './read-instances.ts'
import { type Rendered, renderInstances } from './render-instances.ts'

/** Bytes from which a value is written in parts. */
const LARGE_VALUE = 64 * 1024

/**
 * The JSON answer for an uploaded file in parts: metadata as text, pictures in base64 as they are made, and for an
 * archive a list of its instances. Nothing is yielded before the file is known to be DICOM.
 *
 * @throws RefusedError `invalid-input` if it is not
 */
export async function* readAnswer(task: ReadTask, pool: CodecPool): AsyncGenerator<Buffer> {
  const instances = readInstances(task)
  const [first] = instances
  const key = keyWriter()
  if (first) yield* metadataParts(first.dataSet, task, key)
  const report: readonly Rendered[] = instances.map(() => ({ images: 0, errors: [] }))
  if (task.images === 'all') yield* imageParts(pool, instances, { task, report, key })
  const errors = [...new Set(report.flatMap((rendered) => rendered.errors))]
  if (errors.length > 0) yield key('ImageError', errors.join(' '))
  if (task.name.toLowerCase().endsWith('.zip')) yield key('Instances', describeInstances(instances, report))
  yield Buffer.from(key.isEmpty() ? '{}' : '}')
}

/** Writes members of an object; without a value only the name, for a value that follows in parts. */
type KeyWriter = { (name: string, value?: unknown): Buffer; readonly isEmpty: () => boolean }

function keyWriter(): KeyWriter {
  let separator = '{'
  const write = (name: string, value?: unknown): Buffer => {
    const member = `${separator}${JSON.stringify(name)}:${value === undefined ? '' : JSON.stringify(value)}`
    separator = ','
    return Buffer.from(member)
  }
  return Object.assign(write, { isEmpty: () => separator === '{' })
}

function* metadataParts(dataSet: DataSet, task: ReadTask, key: KeyWriter): Generator<Buffer> {
  for (const [keyword, element] of chosenElements(dataSet, task)) {
    if (element === undefined) yield key(keyword, 'Unknown')
    else if (isBulkVr(element.vr) && element.length > LARGE_VALUE) {
      yield Buffer.concat([key(keyword), Buffer.from('"')])
      yield* pythonBytesSteps(valueBytes(element), 'json')
      yield Buffer.from('"')
    } else yield key(keyword, elementText(element, dataSet))
  }
}

function chosenElements(
  dataSet: DataSet,
  { fields, omit }: ReadTask,
): readonly (readonly [string, DicomElement | undefined])[] {
  if (fields) return [...new Set(fields)].map((keyword) => [keyword, findByKeyword(dataSet, keyword)])
  return listNamedElements(dataSet).filter(
    ([keyword, element]) => !omit.has(keyword) && !isFalsy(element, dataSet),
  )
}

type Images = { readonly task: ReadTask; readonly report: readonly Rendered[]; readonly key: KeyWriter }

/** The format is named once the first picture is there: without any picture both members are absent. */
async function* imageParts(
  pool: CodecPool,
  instances: readonly Instance[],
  { task, report, key }: Images,
): AsyncGenerator<Buffer> {
  let count = 0
  for await (const picture of renderInstances(pool, instances, { request: task, report })) {
    if (count === 0) yield Buffer.concat([key('ImageFormat', task.format.toUpperCase()), key('Images')])
    yield Buffer.from(`${count === 0 ? '[' : ','}"`)
    yield Buffer.from(
      Buffer.from(picture.buffer, picture.byteOffset, picture.length).toString('base64'),
      'latin1',
    )
    yield Buffer.from('"')
    count += 1
  }
  if (count > 0) yield Buffer.from(']')
}

function describeInstances(instances: readonly Instance[], report: readonly Rendered[]): unknown {
  return instances.map(({ name, dataSet }, index) => ({
    FileName: name,
    SOPInstanceUID: findText(dataSet, TAGS.sopInstanceUid) ?? '',
    SeriesInstanceUID: findText(dataSet, TAGS.seriesInstanceUid) ?? '',
    InstanceNumber: findText(dataSet, 0x00200013) ?? '',
    NumberOfImages: report[index]?.images ?? 0,
    Errors: report[index]?.errors ?? [],
  }))
}
