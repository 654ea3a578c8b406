/** How closely the numbers in a sample id are looked at (specification 1.8). */
export const CODE_POLICIES = ['lenient', 'strict', 'exact'] as const

export type CodePolicy = (typeof CODE_POLICIES)[number]

/** What an id is checked against. */
export type SampleIdFacts = {
  readonly policy: CodePolicy
  readonly highestInstitute: number
  readonly highestMethod: number
  readonly instituteId: number | undefined
  readonly methodId: number | null | undefined
  /** today in UTC, `YYYY-MM-DD` */
  readonly today: string
}

export const SAMPLE_ID_LENGTH = 20

/** What is wrong with the length, before it is looked up whether the id is taken. */
export function sampleIdLengthProblem(id: string): string | undefined {
  const length = [...id].length
  if (length < SAMPLE_ID_LENGTH) return `Ensure this field has at least ${SAMPLE_ID_LENGTH} characters.`
  if (length > SAMPLE_ID_LENGTH) return `Ensure this field has no more than ${SAMPLE_ID_LENGTH} characters.`
  return undefined
}

const FORM = /^(\d{2})(\d{2})(\d{2})_(\d{2})(\d{2})(\d{2})_(\d{2})(\d{4})$/

/**
 * What is wrong with an id of the form `yymmdd_hhmmss_iiaaaa`, in the order in which the DMLF looks; today is in
 * order, so that a sample can be registered when it is made.
 *
 * @returns a problem, or a warning where only the lenient policy takes it
 */
export function checkSampleId(
  id: string,
  facts: SampleIdFacts,
): { readonly problem?: string; readonly warning?: string } {
  const match = FORM.exec(id)
  if (!match) return { problem: "Sample ID must be in the format 'yymmdd_hhmmss_iiaaaa'." }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, institute = 0, method = 0] = match
    .slice(1)
    .map(Number)
  // the DMLF compares texts before it asks whether there is such a day
  const fullYear = year <= 68 ? 2000 + year : 1900 + year
  const date = `${fullYear}-${two(month)}-${two(day)}`
  if (date > facts.today) return { problem: 'The date part of the Sample ID must be in the past.' }
  if (!isDay(fullYear, month, day)) return { problem: 'The date part of the Sample ID is not valid.' }
  if (hour > 23 || minute > 59 || second > 59)
    return { problem: 'The time part of the Sample ID is not valid.' }
  return checkCodes(institute, method, facts)
}

function checkCodes(
  institute: number,
  method: number,
  facts: SampleIdFacts,
): { readonly problem?: string; readonly warning?: string } {
  if (institute > Math.min(99, facts.highestInstitute))
    return {
      problem: `The institution code ${institute} exceeds the highest institute id ${facts.highestInstitute}.`,
    }
  const unknown = method > Math.min(9999, facts.highestMethod)
  const said = `The method code ${method} exceeds the highest method id ${facts.highestMethod}.`
  if (unknown && facts.policy !== 'lenient') return { problem: said }
  if (facts.policy === 'exact') {
    if (facts.instituteId !== undefined && institute !== facts.instituteId % 100)
      return {
        problem: `The institution code ${institute} is not that of the institute ${facts.instituteId}.`,
      }
    if (facts.methodId !== undefined && method !== (facts.methodId ?? 0) % 10_000)
      return { problem: `The method code ${method} is not that of the method ${facts.methodId ?? 0}.` }
  }
  return unknown ? { warning: said } : {}
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** The id that a sample made at an instant (UTC) gets. */
export function proposeSampleId(at: Date, instituteId: number, methodId: number | null): string {
  const [day = '', time = ''] = at.toISOString().split('T')
  const date = day.slice(2).replaceAll('-', '')
  const clock = time.slice(0, 8).replaceAll(':', '')
  return `${date}_${clock}_${two(instituteId % 100)}${String((methodId ?? 0) % 10_000).padStart(4, '0')}`
}
