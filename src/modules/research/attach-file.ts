import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { loadRecord } from '../records/get-record.ts'
import { changeSample } from './change-sample.ts'
import type { SpooledFile } from './domain/stored-file.ts'
import { changeExperiment } from './record-experiment.ts'
import { experimentRecord } from './records/experiment.ts'
import { fileRecord } from './records/file.ts'
import { sampleRecord } from './records/sample.ts'
import type { ResearchServices } from './research-services.ts'
import { addOwnRow } from './save-own-row.ts'
import { storeFile } from './store-file.ts'
import { asExperiment, asSample } from './typed-row.ts'
import { requireInstitute } from './write-scope.ts'
import { isZipFile } from './zip-directory.ts'

/** The ZIP of the documented API, or any other file. */
export type AttachedKind = 'main' | 'attachment'

/** Keeps a file with a sample or an experiment. @throws RefusedError `invalid-input` for a ZIP that is none */
export async function attachFile(
  ctx: Context,
  services: ResearchServices,
  owner: { readonly kind: 'sample' | 'experiment'; readonly id: number },
  file: SpooledFile,
  kind: AttachedKind,
): Promise<void> {
  requirePermission(ctx, `research.${owner.kind}.change`)
  if (file.bytes === 0) throw invalidInput('file', 'This file is empty.')
  if (kind === 'main' && !(await isZipFile(file.path)))
    throw invalidInput('file', 'Only zip files are allowed.')
  const stored = await storeFile(ctx, services, file)
  if (kind === 'main') {
    if (owner.kind === 'sample')
      await changeSample(ctx, services, owner.id, { supplementaryFile: stored }, { violations: 'keep' })
    else await changeExperiment(ctx, services, owner.id, { file: stored })
    return
  }
  await inTransaction(ctx, async (tx) => {
    await requireInstitute(tx, services, await instituteOf(tx, owner))
    const id = await addOwnRow(tx, fileRecord, {
      kind: 'attachment',
      sample: owner.kind === 'sample' ? owner.id : null,
      experiment: owner.kind === 'experiment' ? owner.id : null,
      method: null,
      project: null,
      name: stored.name,
      sha256: stored.sha256,
      size: stored.bytes,
      mediaType: stored.mediaType,
      current: true,
    })
    await recordAudit(tx, {
      action: 'research.file.add',
      record: fileRecord.name,
      recordId: id,
      after: { owner, ...stored },
    })
  })
}

async function instituteOf(
  tx: Context,
  owner: { readonly kind: 'sample' | 'experiment'; readonly id: number },
): Promise<number> {
  const sampleId =
    owner.kind === 'sample' ? owner.id : asExperiment(await loadRecord(tx, experimentRecord, owner.id)).sample
  return asSample(await loadRecord(tx, sampleRecord, sampleId)).institute
}
