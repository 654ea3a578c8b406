import type { Context } from '../../context.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import { findRecords } from '../records/list-records.ts'
import { type InfoValidator, infoValidator } from './domain/validate-info.ts'
import { type SampleType, sampleTypeRecord } from './records/sample-type.ts'
import { type SampleTypeVersion, sampleTypeVersionRecord } from './records/sample-type-version.ts'
import { asSampleType, asTypeVersion } from './typed-row.ts'

/** A sample type with the version that new samples get. */
export type TypeInUse = {
  readonly type: SampleType
  readonly version: SampleTypeVersion
  readonly validator: InfoValidator
}

/** Published versions never change, so each is read and made ready once. */
const VERSIONS = new Map<string, TypeInUse['version']>()
const MOST_KEPT = 500

/** @throws RefusedError `invalid-input` for a type that there is not, or without a published version */
export async function typeInUse(ctx: Context, sampleTypeId: number): Promise<TypeInUse> {
  const [row] = await findRecords(ctx, sampleTypeRecord, [sampleTypeId])
  if (!row) throw invalidInput('sampleType', `There is no sample type ${sampleTypeId}.`)
  const type = asSampleType(row)
  if (type.currentVersion === null)
    throw invalidInput('sampleType', `${type.name} has no published version yet.`)
  const version = await getTypeVersion(ctx, type.currentVersion)
  return { type, version, validator: infoValidator(version.schema) }
}

/** One version with its schema; a published one from memory. @throws RefusedError `not-found` */
export async function getTypeVersion(ctx: Context, id: number): Promise<SampleTypeVersion> {
  // by its hash too: another database in this process has other versions
  const [row] = await findRecords(ctx, sampleTypeVersionRecord, [id])
  if (!row) throw new RefusedError({ kind: 'not-found', what: 'version of a sample type', id })
  const version = asTypeVersion(row)
  if (version.sha256 === null) return version
  const known = VERSIONS.get(version.sha256)
  // the same schema object, so that it is compiled once
  if (known) return { ...version, schema: known.schema }
  if (VERSIONS.size >= MOST_KEPT) VERSIONS.clear()
  VERSIONS.set(version.sha256, version)
  return version
}
