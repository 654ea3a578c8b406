import type { KeyObject } from 'node:crypto'
import type { Context } from '../../context.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { requireEditor } from './author.ts'
import { encryptCredential, parsePublicKey } from './credential-encryption.ts'
import type { MetricItem, ReportTree } from './domain/report-tree.ts'
import { ownPublicKey } from './export-key.ts'
import { type LoadedReport, loadReport } from './load-reports.ts'
import type { Quality } from './quality.ts'
import { mapSecretsOfReport, mapSecretsOfSource, openValue } from './sealed-parameters.ts'
import { noSuch } from './visible-reports.ts'

/**
 * A report as it can be imported elsewhere: its credentials encrypted with a public key, this installation's own unless
 * given. Whoever may choose the key can read the credentials, so this needs to be an editor.
 *
 * @param publicKey PEM
 */
export async function exportReport(
  ctx: Context,
  quality: Quality,
  { id, publicKey }: { readonly id: string; readonly publicKey?: string | undefined },
): Promise<LoadedReport> {
  await requireEditor(ctx, quality, 'edit_reports')
  const loaded = await loadReport(ctx, id)
  if (!loaded) throw noSuch('report', id)
  const key = publicKey === undefined ? await ownPublicKey(ctx, quality) : parsePublicKey(publicKey)
  await recordAudit(ctx, {
    action: 'quality.report.export',
    record: 'quality.report',
    recordId: id,
    after: { key: publicKey === undefined ? 'own' : key.export({ type: 'spki', format: 'pem' }).toString() },
  })
  return { ...loaded, tree: withSecrets(loaded.tree, (value) => encryptValue(ctx, quality, key, value)) }
}

function encryptValue(ctx: Context, { access }: Quality, key: KeyObject, stored: unknown): unknown {
  const value = openValue(access.keys, stored)
  return encryptCredential(key, typeof value === 'string' ? value : JSON.stringify(value), ctx.now())
}

/** A report with every secret in it replaced. */
export function withSecrets(tree: ReportTree, change: (value: unknown) => unknown): ReportTree {
  const withSources = (metric: MetricItem): MetricItem => ({
    ...metric,
    sources: metric.sources.map((source) => ({
      ...source,
      attributes: mapSecretsOfSource(source.attributes, change),
    })),
  })
  return {
    ...tree,
    attributes: mapSecretsOfReport(tree.attributes, change),
    subjects: tree.subjects.map((subject) => ({ ...subject, metrics: subject.metrics.map(withSources) })),
  }
}
