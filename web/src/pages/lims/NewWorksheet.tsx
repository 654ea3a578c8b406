import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useCreateWorksheet } from '../../api/lims/worksheets.ts'
import { useSession } from '../../api/session.ts'
import { ReferenceSelect } from '../../ui/ReferenceSelect.tsx'
import type { ReferenceOption } from '../../ui/reference-source.ts'

/** Makes a worksheet: empty, or filled by a template with what waits. */
export function NewWorksheet({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { user } = useSession()
  const router = useRouter()
  const create = useCreateWorksheet()
  const [analyst, setAnalyst] = useState(user.username)
  const [template, setTemplate] = useState<ReferenceOption | null>(null)
  const [instrument, setInstrument] = useState<ReferenceOption | null>(null)
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    create.mutate(
      {
        analyst: analyst.trim() === '' ? null : analyst.trim(),
        template: template?.id ?? null,
        instrument: instrument?.id ?? null,
      },
      { onSuccess: ({ id }) => void router.navigate({ href: `/lims/worksheets/${id}` }) },
    )
  }
  return (
    <Modal opened onClose={onClose} title="Make a worksheet">
      <form onSubmit={onSubmit} noValidate>
        <Stack gap={16}>
          <TextInput
            label="Analyst"
            description="User name of whoever measures"
            value={analyst}
            onChange={(event) => setAnalyst(event.currentTarget.value)}
            data-autofocus
          />
          <ReferenceSelect
            target="lims.worksheet-template"
            label="Template"
            description="Fills the positions with samples that wait, and with its controls"
            value={template}
            onChange={setTemplate}
          />
          <ReferenceSelect
            target="lims.instrument"
            label="Instrument"
            value={instrument}
            onChange={setInstrument}
          />
          {create.isError ? (
            <div role="alert" style={{ color: 'var(--ts-danger)' }}>
              {create.error.message}
            </div>
          ) : null}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending}>
              Make worksheet
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
