import { documentLabel } from '../../reports/domain/document.ts'
import type { CertifiedResult, CertifiedSample } from '../store/certificates.ts'
import type { CertificateAmendment, CertificateSample } from './certificate.ts'

/** What is stored of a sample on a certificate, to tell later what changed. */
export function certifiedResults({ results }: CertificateSample): readonly CertifiedResult[] {
  return results.map(({ keyword, title, text, unit }) => ({
    keyword,
    title,
    text: unit === null || text === '' ? text : `${text} ${unit}`,
  }))
}

/**
 * What a certificate replaces and how its results differ.
 *
 * @param earlier the last certificate of each sample, by the sample on the new one
 * @returns null for samples that were never reported
 */
export function describeAmendment(
  samples: readonly CertificateSample[],
  earlier: ReadonlyMap<number, CertifiedSample>,
  reason: string,
): CertificateAmendment | null {
  if (earlier.size === 0) return null
  const replaced = new Map([...earlier.values()].map((each) => [each.documentId, each]))
  return {
    replaces: [...replaced.values()].map((each) => ({ label: documentLabel(each), issuedAt: each.issuedAt })),
    reason,
    changes: samples.flatMap((sample) => {
      const before = earlier.get(sample.requestId)
      return before ? changesOf(sample, before.results) : []
    }),
  }
}

function changesOf(
  sample: CertificateSample,
  before: readonly CertifiedResult[],
): CertificateAmendment['changes'] {
  const after = certifiedResults(sample)
  const old = new Map(before.map((each) => [each.keyword, each]))
  const now = new Map(after.map((each) => [each.keyword, each]))
  const keywords = [...new Set([...old.keys(), ...now.keys()])]
  return keywords.flatMap((keyword) => {
    const was = old.get(keyword)
    const is = now.get(keyword)
    return was?.text === is?.text
      ? []
      : [
          {
            sample: sample.objectId,
            analysis: is?.title ?? was?.title ?? keyword,
            before: was?.text ?? null,
            after: is?.text ?? null,
          },
        ]
  })
}
