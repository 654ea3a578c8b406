import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { issueDocument } from '../../api/reports.ts'
import { usePermission } from '../../api/session.ts'
import { toast, toastError } from '../../ui/toasts.ts'

/** Gives the session out as a numbered document; then shows it among those that were. */
export function IssueSession({ id }: { readonly id: number }): ReactElement | null {
  const mayIssue = usePermission('reports.document.issue')
  const router = useRouter()
  const issue = useMutation({
    mutationFn: () => issueDocument({ kind: 'machine-qa.session', subjectId: String(id) }),
    onSuccess: ({ label, number }) => {
      toast(`${label} issued.`)
      return router.navigate({ href: `/reports/documents?q=${number}` })
    },
    onError: (error) => toastError('The document was not issued', error),
  })
  if (!mayIssue) return null
  return (
    <Button variant="default" loading={issue.isPending} onClick={() => issue.mutate()}>
      Issue document
    </Button>
  )
}
