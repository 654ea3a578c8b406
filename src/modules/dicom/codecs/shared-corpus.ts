import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the truth says of the samples of one frame. */
export type ExpectedFrame = {
  readonly shape: readonly number[]
  readonly dtype: string
  readonly sha256_le: string
}

type ExpectedFrames = {
  readonly first?: ExpectedFrame
  readonly last?: ExpectedFrame
  readonly error?: string
}

/** What is known of one file of the corpus. */
export type ExpectedFile = {
  readonly values: Readonly<Record<string, string>>
  readonly vr: Readonly<Record<string, string>>
  readonly full_length: Readonly<Record<string, number>>
  readonly falsy: readonly string[]
  readonly pixels?: {
    readonly frames: number
    readonly raw: ExpectedFrames
    readonly rgb?: ExpectedFrames
  }
}

export type SharedCorpus = {
  readonly folder: string
  readonly clip: number
  readonly files: Readonly<Record<string, ExpectedFile>>
  readonly read: (name: string) => Buffer
}

/**
 * The folder of public test files with their truth, which is no part of the project: in `TOUCHSTONE_SHARED`, or
 * beside the repository. Undefined where it is not there.
 */
export function findSharedCorpus(): SharedCorpus | undefined {
  const folder = join(process.env.TOUCHSTONE_SHARED ?? join(process.cwd(), '..', 'shared'), 'dicom')
  const truth = join(folder, 'expected.json')
  if (!existsSync(truth)) return undefined
  const { clip, files } = JSON.parse(readFileSync(truth, 'utf8')) as Pick<SharedCorpus, 'clip' | 'files'>
  return { folder, clip, files, read: (name) => readFileSync(join(folder, name)) }
}
