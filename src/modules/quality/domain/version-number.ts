/** A version as PEP 440 orders it. */
export type VersionNumber = {
  readonly epoch: number
  readonly release: readonly number[]
  /** `a`, `b` or `rc` with its number */
  readonly pre: readonly [string, number] | null
  readonly post: number | null
  readonly dev: number | null
  readonly local: readonly (string | number)[]
}

const PATTERN =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/

const PRE: Readonly<Record<string, string>> = { alpha: 'a', beta: 'b', preview: 'rc', pre: 'rc', c: 'rc' }
const LONGEST = 200

/**
 * Reads `1.2.3`, `1.2rc1`, `1.2.post1`, `v2!1.0.dev3+local`; undefined for what is no version.
 *
 * @see https://peps.python.org/pep-0440/
 */
export function parseVersion(text: string): VersionNumber | undefined {
  if (text.length > LONGEST) return undefined
  const match = PATTERN.exec(text.trim().toLowerCase())
  if (!match) return undefined
  const [, epoch, release = '', pre, preNumber, shortPost, post, postNumber, dev, devNumber, local] = match
  return {
    epoch: Number(epoch ?? 0),
    release: release.split('.').map(Number),
    pre: pre === undefined ? null : [PRE[pre] ?? pre, Number(preNumber)],
    post: shortPost !== undefined ? Number(shortPost) : post === undefined ? null : Number(postNumber),
    dev: dev === undefined ? null : Number(devNumber),
    local: (local ?? '')
      .split(/[-_.]/)
      .filter((part) => part !== '')
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
  }
}

const ZERO: VersionNumber = { epoch: 0, release: [0], pre: null, post: null, dev: null, local: [] }

/** Negative where `a` is older, positive where it is newer; what is no version counts as 0. */
export function compareVersions(a: string, b: string): number {
  const [one, two] = [parseVersion(a) ?? ZERO, parseVersion(b) ?? ZERO]
  return (
    one.epoch - two.epoch ||
    compareReleases(one.release, two.release) ||
    compareText(phaseOf(one), phaseOf(two)) ||
    (one.pre?.[1] ?? 0) - (two.pre?.[1] ?? 0) ||
    compareMissing(one.post, two.post, -1) ||
    compareMissing(one.dev, two.dev, Number.POSITIVE_INFINITY) ||
    compareLocals(one.local, two.local)
  )
}

/** The same version in its normal form, as it is stored; undefined for what is no version. */
export function normalVersion(text: string): string | undefined {
  const version = parseVersion(text)
  if (!version) return undefined
  const { epoch, release, pre, post, dev, local } = version
  return [
    epoch === 0 ? '' : `${epoch}!`,
    release.join('.'),
    pre ? pre.join('') : '',
    post === null ? '' : `.post${post}`,
    dev === null ? '' : `.dev${dev}`,
    local.length === 0 ? '' : `+${local.join('.')}`,
  ].join('')
}

/** A development release of the final one comes before all others; letters order the rest. */
function phaseOf({ pre, post, dev }: VersionNumber): string {
  if (pre) return pre[0]
  return post === null && dev !== null ? '' : 'z'
}

function compareReleases(a: readonly number[], b: readonly number[]): number {
  const length = Math.max(a.length, b.length)
  for (let place = 0; place < length; place += 1) {
    const difference = (a[place] ?? 0) - (b[place] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function compareMissing(a: number | null, b: number | null, absent: number): number {
  const [one, two] = [a ?? absent, b ?? absent]
  return one === two ? 0 : one - two
}

/** Numbers are newer than words, and more parts newer than fewer. */
function compareLocals(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let place = 0; place < Math.max(a.length, b.length); place += 1) {
    const [one, two] = [a[place], b[place]]
    if (one === undefined) return -1
    if (two === undefined) return 1
    if (typeof one !== typeof two) return typeof one === 'number' ? 1 : -1
    const difference =
      typeof one === 'number' && typeof two === 'number' ? one - two : compareText(`${one}`, `${two}`)
    if (difference !== 0) return difference
  }
  return 0
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
