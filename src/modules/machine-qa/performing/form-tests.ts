import type { Context } from '../../../context.ts'
import { hasPermission } from '../../../core/actor.ts'
import type { Attachment } from '../domain/attachment.ts'
import type { ListedTest } from '../domain/listed-test.ts'
import { referenceDisplay } from '../domain/reference.ts'
import type { SessionResult } from '../domain/session-result.ts'
import type { TestPage } from '../domain/test-page.ts'
import { isCompositeTest } from '../domain/test-type.ts'
import { findAttachmentsOf } from '../store/attachments.ts'
import { findRecentResults, type PastResult } from '../store/history.ts'
import { findTestPages } from '../store/test-pages.ts'

/** How many earlier results stand beside each test. */
const HISTORY_LENGTH = 5

/** One row of the performing page. */
export type FormTest = ListedTest & {
  readonly page: TestPage
  /** whether the server calculates it */
  readonly isCalculated: boolean
  /** empty without the right to see references */
  readonly referenceDisplay: string
  readonly attachments: readonly Attachment[]
  /** newest first; empty without the right to see them */
  readonly history: readonly PastResult[]
  /** the result that is being changed */
  readonly before: (SessionResult & { readonly attachments: readonly Attachment[] }) | null
}

/** What the person may do on the performing page. */
export type PerformingRights = {
  readonly skipWithoutComment: boolean
  readonly overrideDate: boolean
  readonly saveInProgress: boolean
  readonly performSubset: boolean
  readonly chooseStatus: boolean
  readonly viewReferences: boolean
  readonly viewHistory: boolean
}

export function performingRights({ actor }: Context): PerformingRights {
  const may = (name: string) => hasPermission(actor, `machine-qa.session.${name}`)
  return {
    skipWithoutComment: may('skip-without-comment'),
    overrideDate: may('override-date'),
    saveInProgress: may('save-in-progress'),
    performSubset: may('perform-subset'),
    chooseStatus: may('review'),
    viewReferences: may('view-references'),
    viewHistory: may('view-history'),
  }
}

/** What the page shows of each test, as far as the person may see it. */
export async function describeTests(
  ctx: Context,
  tests: readonly ListedTest[],
  results: ReadonlyMap<number, SessionResult>,
  rights: PerformingRights,
): Promise<FormTest[]> {
  const testIds = tests.map(({ test }) => test.id)
  const infoIds = tests.map(({ unitTestInfoId }) => unitTestInfoId)
  const [pages, files, filesBefore, history] = await Promise.all([
    findTestPages(ctx.db, testIds),
    findAttachmentsOf(ctx.db, 'test', testIds),
    findAttachmentsOf(
      ctx.db,
      'result',
      [...results.values()].map(({ id }) => id),
    ),
    rights.viewHistory ? findRecentResults(ctx.db, infoIds, { limit: HISTORY_LENGTH }) : NO_HISTORY,
  ])
  const filesByTest = Map.groupBy(files, ownerId)
  const filesByResult = Map.groupBy(filesBefore, ownerId)
  return tests.flatMap((listed) => {
    const { test, reference, tolerance } = listed
    const page = pages.get(test.id)
    if (!page) return []
    const before = results.get(test.id)
    return {
      ...listed,
      reference: rights.viewReferences ? reference : null,
      tolerance: rights.viewReferences ? tolerance : null,
      page,
      isCalculated: isCompositeTest(test.type),
      referenceDisplay: rights.viewReferences ? referenceDisplay(reference) : '',
      attachments: filesByTest.get(test.id) ?? [],
      history: history.get(listed.unitTestInfoId) ?? [],
      before: before ? { ...before, attachments: filesByResult.get(before.id) ?? [] } : null,
    }
  })
}

function ownerId({ owner }: Attachment): number {
  return 'id' in owner ? owner.id : 0
}

const NO_HISTORY: ReadonlyMap<number, readonly PastResult[]> = new Map()
