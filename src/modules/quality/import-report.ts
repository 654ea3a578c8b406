import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Context, inTransaction } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { invalidInput } from '../../core/refusal.ts'
import { applyChanges } from './apply-changes.ts'
import { requireEditor } from './author.ts'
import { decryptCredential, type EncryptedCredential } from './credential-encryption.ts'
import { type Attributes, OVERVIEW_ID, objectOf, type ReportTree, textOf } from './domain/report-tree.ts'
import type { Visibility } from './domain/visibility.ts'
import { privateExportKey } from './export-key.ts'
import { withSecrets } from './export-report.ts'
import type { Quality } from './quality.ts'
import { sanitizeComment } from './sanitize-comment.ts'
import { sealValue } from './sealed-parameters.ts'
import type { ItemState } from './store/items.ts'
import { insertReport } from './store/reports.ts'

export type ImportOutcome = { readonly reportId: string; readonly hasLostCredentials: boolean }

/** Imports a report under new ids. Credentials that were encrypted for this installation are decrypted. */
export async function importReport(ctx: Context, quality: Quality, file: ReportTree): Promise<ImportOutcome> {
  await requireEditor(ctx, quality, 'edit_reports')
  const opened = await decrypted(ctx, quality, file)
  if (opened.lost > 0 && !quality.settings.importWithoutCredentials) throw invalidInput('', WRONG_KEY)
  const tree = withNewIds(opened.tree)
  await storeReport(ctx, quality, tree, quality.settings.importVisibility)
  return { reportId: tree.id, hasLostCredentials: opened.lost > 0 }
}

const WRONG_KEY =
  'Decryption of source credentials failed. Did you use the public key of this Quality-time instance to encrypt this report?'

/** Stores a report as it is, ids included: for those that come with the product. */
export async function storeReport(
  ctx: Context,
  quality: Quality,
  tree: ReportTree,
  visibility: Visibility,
): Promise<void> {
  const sealed = withSecrets(tree, (value) => sealValue(quality.access.keys, value))
  await inTransaction(ctx, async (tx) => {
    await insertReport(tx.db, { id: tree.id, visibility, ownerId: actingUserId(tx.actor), at: tx.now() })
    const fact = {
      action: 'import-report',
      itemId: tree.id,
      text: ' imported a new report',
      around: [OVERVIEW_ID],
      after: { title: textOf(tree.attributes, 'title') },
      reportIds: [tree.id],
    }
    await applyChanges(
      tx,
      quality,
      fact,
      itemsOf(sealed).map((after) => ({ before: null, after })),
    )
  })
}

async function decrypted(
  ctx: Context,
  quality: Quality,
  file: ReportTree,
): Promise<{ readonly tree: ReportTree; readonly lost: number }> {
  const encrypted = new Map<string, EncryptedCredential>()
  withSecrets(file, (value) => {
    if (isEncrypted(value)) encrypted.set(value.join(' '), value)
    return value
  })
  if (encrypted.size === 0) return { tree: file, lost: 0 }
  if (encrypted.size > MOST_CREDENTIALS)
    throw invalidInput('credentials', `A report has ${MOST_CREDENTIALS} credentials at most.`)
  const key = await privateExportKey(ctx, quality)
  const opened = new Map<string, unknown>()
  for (const [text, value] of encrypted) {
    const clear = decryptCredential(key, value)
    if (clear !== undefined) opened.set(text, clearValue(clear))
    // each takes milliseconds of the processor
    await nextTurn()
  }
  const tree = withSecrets(file, (value) =>
    isEncrypted(value) ? (opened.get(value.join(' ')) ?? '') : value,
  )
  return { tree, lost: encrypted.size - opened.size }
}

const MOST_CREDENTIALS = 2000

/** Two texts, of which the second looks like a token; a list of two plain texts is taken for one too, as documented. */
function isEncrypted(value: unknown): value is EncryptedCredential {
  return Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === 'string')
}

/** What was no text before it was encrypted becomes itself again; a password of digits stays text. */
function clearValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : text
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}

/** A report with an id of its own for everything in it; what points into the same file follows. */
function withNewIds(tree: ReportTree): ReportTree {
  const ids = new Map<string, string>()
  const idFor = (id: string) => {
    const made = randomUUID()
    ids.set(id, made)
    return made
  }
  const renamed: ReportTree = {
    ...tree,
    id: idFor(tree.id),
    subjects: tree.subjects.map((subject) => ({
      ...subject,
      id: idFor(subject.id),
      metrics: subject.metrics.map((metric) => ({
        ...metric,
        id: idFor(metric.id),
        sources: metric.sources.map((source) => ({ ...source, id: idFor(source.id) })),
      })),
    })),
  }
  return withReferences(renamed, ids)
}

function withReferences(tree: ReportTree, ids: ReadonlyMap<string, string>): ReportTree {
  const item = <Item extends { readonly attributes: Attributes }>(each: Item): Item => {
    const { copied_from } = each.attributes
    const found = typeof copied_from === 'string' ? ids.get(copied_from) : undefined
    return found === undefined ? each : { ...each, attributes: { ...each.attributes, copied_from: found } }
  }
  const { layout } = tree.attributes
  const cards = Array.isArray(layout)
    ? {
        layout: layout.map((card) => ({
          ...objectOf(card),
          i: ids.get(String(objectOf(card).i)) ?? objectOf(card).i,
        })),
      }
    : {}
  return {
    ...tree,
    attributes: { ...tree.attributes, ...cards },
    subjects: tree.subjects.map((subject) => ({
      ...item(subject),
      metrics: subject.metrics.map((metric) => ({ ...item(metric), sources: metric.sources.map(item) })),
    })),
  }
}

function itemsOf(tree: ReportTree): readonly ItemState[] {
  const state = (
    kind: ItemState['kind'],
    { id, attributes }: { readonly id: string; readonly attributes: Attributes },
    parentId: string | null,
    index: number,
  ): ItemState => ({
    id,
    kind,
    reportId: tree.id,
    parentId,
    position: index + 1,
    attributes: cleaned(attributes),
  })
  return [
    { ...state('report', tree, null, 0), attributes: { report_uuid: tree.id, ...cleaned(tree.attributes) } },
    ...tree.subjects.flatMap((subject, index) => [
      state('subject', subject, tree.id, index),
      ...subject.metrics.flatMap((metric, place) => [
        state('metric', metric, subject.id, place),
        ...metric.sources.map((source, rank) => state('source', source, metric.id, rank)),
      ]),
    ]),
  ]
}

/** A file may come from anywhere: its comments are HTML that browsers will show. */
function cleaned(attributes: Attributes): Attributes {
  const { comment } = attributes
  return typeof comment === 'string' ? { ...attributes, comment: sanitizeComment(comment) } : attributes
}
