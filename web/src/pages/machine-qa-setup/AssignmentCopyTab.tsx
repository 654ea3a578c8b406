import type { ReactElement } from 'react'
import { CopyAssignments } from './CopyAssignments.tsx'

/** The same work on other units, from the page of an assignment. */
export function AssignmentCopyTab({ id }: { readonly id: number }): ReactElement {
  return <CopyAssignments assignmentIds={[id]} />
}
