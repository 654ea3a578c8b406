import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { requirePermission } from '../../../context.ts'
import { invalidInput } from '../../../core/refusal.ts'
import type { ImageFiles } from '../../../modules/dicom/image-files.ts'
import { STORE_STUDIES } from '../../../modules/dicom/permissions.ts'
import { storeUpload, type UploadOutcome } from '../../../modules/dicom/store-upload.ts'
import { personName } from './present-study.ts'
import type { WireUpload, WireUploadResult } from './studies.schema.ts'
import { groupIds } from './study-parameters.ts'

/** Files that one form may have; a browser sends a folder in several forms. */
const MOST_FILES = 2000

/** Results that one answer names. */
const MOST_RESULTS = 20_000

/** Taking in what people send: files, whole folders and archives. */
export function uploadRoutes(app: FastifyInstance, images: ImageFiles): void {
  app.post('/api/v1/dicom/studies', async (request): Promise<WireUpload> => {
    requirePermission(request.ctx, STORE_STUDIES)
    if (!request.isMultipart()) throw invalidInput('file', 'Send a multipart form with files.')
    const outcomes = await images.withFolder((folder) => receive(request, images, folder))
    return presentUpload(outcomes)
  })
}

/** Each file is taken in before the next is read: no more than one lies in the folder. */
async function receive(
  request: FastifyRequest,
  images: ImageFiles,
  folder: string,
): Promise<readonly UploadOutcome[]> {
  const outcomes: UploadOutcome[] = []
  let groups: readonly number[] | undefined
  const limits = { files: MOST_FILES, fileSize: images.largestUpload, parts: MOST_FILES + 200, fields: 200 }
  const options = { limits, throwFileSizeLimit: false }
  for await (const part of request.parts(options)) {
    if (part.type === 'file') {
      const path = join(folder, `part-${outcomes.length}`)
      const taken = takeIn(request, images, part, { path, ...(groups ? { groupIds: groups } : {}) })
      for await (const outcome of taken) outcomes.push(outcome)
    } else if (part.fieldname === 'group') groups = [...(groups ?? []), ...groupIds(part.value)]
    if (outcomes.length > MOST_RESULTS) throw invalidInput('file', 'These are too many files at once.')
  }
  if (outcomes.length === 0) throw invalidInput('file', 'Send one file at least.')
  return outcomes
}

async function* takeIn(
  { ctx }: FastifyRequest,
  images: ImageFiles,
  part: MultipartFile,
  upload: { readonly path: string; readonly groupIds?: readonly number[] },
): AsyncGenerator<UploadOutcome> {
  const name = part.filename || 'file'
  try {
    const problem = await spool(part, upload.path)
    if (problem === undefined) yield* storeUpload(ctx, images, { ...upload, name })
    else yield { name, outcome: 'refused', reason: problem }
  } finally {
    await rm(upload.path, { force: true })
  }
}

/** @returns why it cannot be taken in */
async function spool(part: MultipartFile, path: string): Promise<string | undefined> {
  await pipeline(part.file, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  return part.file.truncated ? 'The file is too large.' : undefined
}

function presentUpload(outcomes: readonly UploadOutcome[]): WireUpload {
  const count = (wanted: UploadOutcome['outcome']) =>
    outcomes.filter(({ outcome }) => outcome === wanted).length
  const studies = new Map<string, string | null>()
  for (const one of outcomes) {
    if ('studyUid' in one) studies.set(one.studyUid, personName(one.patientName))
  }
  return {
    results: outcomes.map(presentOutcome),
    stored: count('stored'),
    duplicates: count('duplicate'),
    refused: count('refused'),
    skipped: count('skipped'),
    studies: [...studies].map(([studyUid, patientName]) => ({ studyUid, patientName })),
  }
}

function presentOutcome(outcome: UploadOutcome): WireUploadResult {
  if (!('studyUid' in outcome)) return outcome
  const { name, studyUid, seriesUid, instanceUid, warnings } = outcome
  return { name, outcome: outcome.outcome, studyUid, seriesUid, instanceUid, warnings }
}
