import { Button, Group, Modal, Skeleton, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { WireApiKey, WireNewApiKey } from '../../../../src/dialects/native/dicom/developer.schema.ts'
import { createKey, deleteKey, keysQuery, revokeKey } from '../../api/dicom/developer.ts'
import { Banner } from '../../ui/Banner.tsx'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { toast } from '../../ui/toasts.ts'
import classes from './developer.module.css'

/** API keys: made and shown once, listed by their prefix, revoked, forgotten. */
export function KeyPanel(): ReactElement {
  const client = useQueryClient()
  const keys = useQuery(keysQuery)
  const [isAdding, setAdding] = useState(false)
  const [made, setMade] = useState<WireNewApiKey>()
  const [ending, setEnding] = useState<WireApiKey>()
  const reread = (): Promise<void> => client.invalidateQueries({ queryKey: keysQuery.queryKey })
  return (
    <Panel
      title="API keys"
      padding="flush"
      aside={<Button onClick={() => setAdding(true)}>Create key</Button>}
    >
      {made === undefined ? null : (
        <div className={classes.made}>
          <Banner token="ok">
            Copy the key now. It is not shown again: <CopyText value={made.key} />
          </Banner>
        </div>
      )}
      {keys.isError ? <ErrorPanel error={keys.error} onRetry={() => void keys.refetch()} /> : null}
      {keys.isPending ? <Skeleton height={56} radius={0} /> : null}
      {keys.data?.items.length === 0 ? (
        <EmptyNote>There are no keys. Each program should have one of its own.</EmptyNote>
      ) : null}
      <ul className={classes.list} aria-label="API keys">
        {keys.data?.items.map((key) => (
          <KeyRow key={key.number} apiKey={key} onEnd={() => setEnding(key)} />
        ))}
      </ul>
      {isAdding ? (
        <CreateKey
          onClose={() => setAdding(false)}
          onMade={async (key) => {
            setMade(key)
            setAdding(false)
            await reread()
          }}
        />
      ) : null}
      {ending === undefined ? null : (
        <EndKey
          apiKey={ending}
          onClose={() => setEnding(undefined)}
          onEnded={async () => {
            if (made?.number === ending.number) setMade(undefined)
            await reread()
          }}
        />
      )}
    </Panel>
  )
}

function KeyRow({
  apiKey,
  onEnd,
}: {
  readonly apiKey: WireApiKey
  readonly onEnd: () => void
}): ReactElement {
  const { name, prefix, createdAt, lastUsedAt, revokedAt } = apiKey
  return (
    <li data-revoked={revokedAt !== null}>
      <span>
        <span className={classes.name}>{name}</span> <span className="ts-mono ts-dim">{prefix}…</span>
      </span>
      <span className="ts-dim">
        made <RelativeTime at={createdAt} detail="day" hint="tooltip" />
      </span>
      {revokedAt === null ? (
        <span className="ts-dim">{lastUsedAt === null ? 'never used' : <UsedAt at={lastUsedAt} />}</span>
      ) : (
        <StatusChip token="void">revoked</StatusChip>
      )}
      <Button
        variant="default"
        onClick={onEnd}
        aria-label={`${revokedAt === null ? 'Revoke' : 'Remove'} ${name}`}
      >
        {revokedAt === null ? 'Revoke' : 'Remove'}
      </Button>
    </li>
  )
}

function UsedAt({ at }: { readonly at: string }): ReactElement {
  return (
    <>
      used <RelativeTime at={at} hint="tooltip" />
    </>
  )
}

interface EndKeyProps {
  readonly apiKey: WireApiKey
  readonly onClose: () => void
  readonly onEnded: () => Promise<void>
}

/** A living key is revoked and stays in the list; a revoked one is taken from it. */
function EndKey({ apiKey, onClose, onEnded }: EndKeyProps): ReactElement {
  const isRevoked = apiKey.revokedAt !== null
  return (
    <ConfirmWithReason
      title={isRevoked ? `Remove ${apiKey.name} from the list?` : `Revoke ${apiKey.name}?`}
      action={isRevoked ? 'Remove key' : 'Revoke key'}
      reason="none"
      danger
      onClose={onClose}
      onConfirm={async () => {
        await (isRevoked ? deleteKey(apiKey.number) : revokeKey(apiKey.number))
        await onEnded()
        toast(`${apiKey.name} ${isRevoked ? 'removed' : 'revoked'}.`)
      }}
    >
      {isRevoked
        ? 'The key is useless already; programs that still send it will no longer be told that it was revoked.'
        : 'Programs that use it are refused from now on. This cannot be taken back.'}
    </ConfirmWithReason>
  )
}

interface CreateKeyProps {
  readonly onClose: () => void
  readonly onMade: (key: WireNewApiKey) => Promise<void>
}

function CreateKey({ onClose, onMade }: CreateKeyProps): ReactElement {
  const [name, setName] = useState('')
  const [isMissing, setMissing] = useState(false)
  const create = useMutation({ mutationFn: () => createKey(name.trim()), onSuccess: onMade })
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    setMissing(name.trim() === '')
    if (name.trim() !== '') create.mutate()
  }
  return (
    <Modal opened onClose={onClose} title="Create API key" size="sm">
      <form onSubmit={onSubmit} noValidate>
        <Stack gap={16}>
          <TextInput
            label="Name"
            description="The program that will use it: Nightly export."
            data-autofocus
            maxLength={50}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={isMissing ? 'Give the key a name.' : create.error?.message}
          />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending}>
              Create key
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
