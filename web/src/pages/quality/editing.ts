import { useQueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { WireCatalogue } from '../../../../src/dialects/native/quality/catalogue.schema.ts'
import type { WireReport } from '../../../../src/dialects/native/quality/report.schema.ts'
import { changeAttribute, type ItemKind } from '../../api/quality/edits.ts'
import { QUALITY_KEY } from '../../api/quality/reports.ts'
import { holds, type SignedInUser } from '../../api/session.ts'
import { toast, toastError } from '../../ui/toasts.ts'

export interface EditingFacts {
  readonly report: WireReport
  /** undefined while it is read */
  readonly catalogue: WireCatalogue | undefined
  readonly mayEdit: boolean
  /** why fields may not be edited; undefined where they may */
  readonly why: string | undefined
}

export const EditingContext = createContext<EditingFacts | undefined>(undefined)

/** What pages of a report need to edit it. @throws outside a report */
export function useEditing(): EditingFacts {
  const facts = useContext(EditingContext)
  if (facts === undefined) throw new Error('There is no report around this.')
  return facts
}

/** Why somebody may not edit a report, as a sentence for the fields; undefined for those who may. */
export function whyNotEditable(
  { mayEdit, at }: Pick<WireReport, 'mayEdit' | 'at'>,
  user: SignedInUser,
): string | undefined {
  if (mayEdit) return undefined
  if (at !== null) return 'The past cannot be edited: go back to now.'
  if (!holds(user, 'quality.report.edit')) return 'Editing needs the right to edit quality reports.'
  return 'Only the people whom the overview of reports names may edit.'
}

/** Reads again what was read of reports. */
export function useReread(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: QUALITY_KEY })
}

/** Runs an edit, reads again, and says what was done or why not. */
export function useEdit(): (edit: () => Promise<unknown>, done?: string) => Promise<void> {
  const reread = useReread()
  return async (edit, done) => {
    try {
      await edit()
      await reread()
      if (done !== undefined) toast(done)
    } catch (error) {
      toastError('This was not changed', error)
    }
  }
}

/**
 * A function that stores one attribute of an item.
 *
 * @param kind kind of the item
 * @param item with its attributes as they were read
 */
export function useSaveAttribute(
  kind: ItemKind,
  { id, attributes }: { readonly id: string; readonly attributes: Readonly<Record<string, unknown>> },
): (attribute: string, value: unknown, force?: boolean) => Promise<void> {
  const reread = useReread()
  return async (attribute, value, force = false) => {
    const expected = force ? {} : { expected: attributes[attribute] ?? null }
    await changeAttribute(kind, id, { attribute, value, ...expected })
    await reread()
  }
}
