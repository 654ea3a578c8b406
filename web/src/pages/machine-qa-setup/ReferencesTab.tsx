import { Button, Group, Skeleton } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { CopyReferences } from './CopyReferences.tsx'
import { ReferencesEditor } from './ReferencesEditor.tsx'
import classes from './setup.module.css'
import { unitReferencesQuery } from './unit-references.ts'

/** What the results of each test of a unit are compared with. */
export function ReferencesTab({ id, title }: { readonly id: number; readonly title: string }): ReactElement {
  const query = unitReferencesQuery(id)
  const references = useQuery(query)
  const client = useQueryClient()
  const [opened, setOpened] = useState(0)
  const [isCopying, setCopying] = useState(false)
  const reopen = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: ['machine-qa'] })
    await client.refetchQueries({ queryKey: query.queryKey })
    setOpened((count) => count + 1)
  }
  if (references.isError && references.data === undefined) {
    return <ErrorPanel error={references.error} onRetry={() => void references.refetch()} />
  }
  if (references.data === undefined) return <Skeleton height={320} />
  return (
    <>
      <Group justify="space-between" mb={16} gap={8}>
        <p className={classes.intro}>
          A new reference applies from now on; earlier results keep theirs. Every change is kept with its
          reason.
        </p>
        <Button variant="default" onClick={() => setCopying(true)}>
          Copy from another unit
        </Button>
      </Group>
      {references.data.lists.length === 0 ? (
        <EmptyNote>Tests appear here as soon as a test list is assigned to this unit.</EmptyNote>
      ) : (
        <ReferencesEditor key={opened} stored={references.data} onSaved={reopen} />
      )}
      {isCopying ? (
        <CopyReferences unitId={id} unitName={title} onClose={() => setCopying(false)} onCopied={reopen} />
      ) : null}
    </>
  )
}
