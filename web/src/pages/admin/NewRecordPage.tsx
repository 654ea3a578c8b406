import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { addRecord } from '../../api/records.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RecordForm } from '../../ui/RecordForm.tsx'
import { toast } from '../../ui/toasts.ts'
import { crumbsTo, listPath, recordPath, titleOf, useRecordMeta } from './record-admin.ts'

/** A new row of one kind of record. */
export function NewRecordPage(): ReactElement {
  const meta = useRecordMeta()
  const router = useRouter()
  const client = useQueryClient()
  const one = meta.label.one.toLowerCase()
  const save = async (body: Readonly<Record<string, unknown>>): Promise<void> => {
    const row = await addRecord(meta, body)
    await client.invalidateQueries({ queryKey: ['list', meta.name] })
    await client.invalidateQueries({ queryKey: ['reference', meta.name] })
    toast(`${titleOf(meta, row)} added.`)
    await router.navigate({ href: recordPath(meta, row) })
  }
  return (
    <>
      <PageHeader title={`New ${one}`} crumbs={crumbsTo(meta)} />
      <RecordForm
        key={meta.name}
        meta={meta}
        action={`Add ${one}`}
        onSave={save}
        onCancel={() => void router.navigate({ href: listPath(meta) })}
      />
    </>
  )
}
