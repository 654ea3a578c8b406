import { Skeleton } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { addFiles, removeFile, unitFileQuery } from '../../api/machine-qa/service.ts'
import { textOf } from '../../api/row-values.ts'
import { usePermission } from '../../api/session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Files, type TalkFile } from '../../ui/Talk.tsx'
import classes from './service.module.css'

/** Whom to call about a unit, and its documents, on its page. */
export function UnitFile({ unitId }: { readonly unitId: string }): ReactElement {
  const client = useQueryClient()
  const query = unitFileQuery(unitId)
  const file = useQuery(query)
  const mayChange = usePermission('machine-qa.unit.change')
  const mayAddContact = usePermission('machine-qa.contact.add')
  const [removing, setRemoving] = useState<TalkFile>()
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: query.queryKey })
  if (file.isError) return <ErrorPanel error={file.error} onRetry={() => void file.refetch()} />
  if (file.data === undefined) return <Skeleton height={260} />
  return (
    <div className={classes.two}>
      <Panel
        title="Contacts"
        aside={mayAddContact ? <AppLink to="/admin/machine-qa.contact/new">Add contact</AppLink> : undefined}
      >
        {file.data.contacts.length === 0 ? <EmptyNote>Nobody is named for this unit.</EmptyNote> : null}
        <ul className={classes.list}>
          {file.data.contacts.map((contact) => (
            <li key={contact.id}>
              <strong>{textOf(contact.name)}</strong> <span className="ts-dim">{textOf(contact.role)}</span>
              <div className={classes.actions}>
                {textOf(contact.phone) === '' ? null : (
                  <a href={`tel:${textOf(contact.phone).replaceAll(' ', '')}`} className="ts-num">
                    {textOf(contact.phone)}
                  </a>
                )}
                {textOf(contact.email) === '' ? null : (
                  <a href={`mailto:${textOf(contact.email)}`}>{textOf(contact.email)}</a>
                )}
              </div>
              {textOf(contact.notes) === '' ? null : <p className={classes.text}>{textOf(contact.notes)}</p>}
            </li>
          ))}
        </ul>
      </Panel>
      <Files
        title="Documents"
        files={file.data.documents}
        {...(mayChange
          ? {
              onAdd: async (files: readonly File[]) => {
                await addFiles('units', Number(unitId), files)
                await again()
              },
              onRemove: setRemoving,
            }
          : {})}
      />
      {removing === undefined ? null : (
        <ConfirmWithReason
          title={`Remove ${removing.label}?`}
          action="Remove document"
          reason="none"
          danger
          onConfirm={async () => {
            await removeFile(removing.id)
            await again()
          }}
          onClose={() => setRemoving(undefined)}
        >
          The document is taken off this unit for everybody.
        </ConfirmWithReason>
      )}
    </div>
  )
}
