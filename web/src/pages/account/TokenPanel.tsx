import { Button, Group, Modal, Skeleton, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import {
  createToken,
  type Holder,
  type NewToken,
  revokeToken,
  type Token,
  tokensQuery,
} from '../../api/account.ts'
import { Banner } from '../../ui/Banner.tsx'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { toast } from '../../ui/toasts.ts'
import classes from './TokenPanel.module.css'

/** Credentials for scripts that act as their holder. */
export function TokenPanel({ holder }: { readonly holder: Holder }): ReactElement {
  const client = useQueryClient()
  const tokens = useQuery(tokensQuery(holder))
  const [isAdding, setAdding] = useState(false)
  const [made, setMade] = useState<NewToken>()
  const [revoking, setRevoking] = useState<Token>()
  const reread = (): Promise<void> => client.invalidateQueries({ queryKey: tokensQuery(holder).queryKey })
  if (tokens.isError) return <ErrorPanel error={tokens.error} onRetry={() => void tokens.refetch()} />
  return (
    <div className={classes.tokens}>
      <p className={classes.intro}>
        A token lets a script act as {holder === 'own' ? 'you, with your' : 'this user, with their'}{' '}
        permissions: send it as <code className="ts-mono">Authorization: Token …</code>. Revoke what is no
        longer used.
      </p>
      {made === undefined ? null : (
        <div className={classes.made}>
          <Banner token="ok">
            Copy the token now. It is not shown again: <CopyText value={made.secret} />
          </Banner>
        </div>
      )}
      <Panel
        title="Tokens"
        padding="flush"
        aside={<Button onClick={() => setAdding(true)}>Create token</Button>}
      >
        {tokens.data === undefined ? <Skeleton height={56} /> : null}
        {tokens.data?.items.length === 0 ? <EmptyNote>There are no tokens.</EmptyNote> : null}
        <ul className={classes.list}>
          {tokens.data?.items.map((token) => (
            <li key={token.id}>
              <span className={classes.name}>{token.name}</span>
              <span className="ts-dim">
                created <RelativeTime at={token.createdAt} detail="day" hint="tooltip" />
              </span>
              <span className="ts-dim">
                {token.lastUsedAt === null ? (
                  'never used'
                ) : (
                  <>
                    used <RelativeTime at={token.lastUsedAt} />
                  </>
                )}
              </span>
              <Button variant="default" onClick={() => setRevoking(token)}>
                Revoke
              </Button>
            </li>
          ))}
        </ul>
      </Panel>
      {isAdding ? (
        <CreateToken
          holder={holder}
          onClose={() => setAdding(false)}
          onMade={async (token) => {
            setMade(token)
            setAdding(false)
            await reread()
          }}
        />
      ) : null}
      {revoking === undefined ? null : (
        <ConfirmWithReason
          title={`Revoke ${revoking.name}?`}
          action="Revoke token"
          reason="none"
          danger
          onClose={() => setRevoking(undefined)}
          onConfirm={async () => {
            await revokeToken(holder, revoking.id)
            await reread()
            toast(`${revoking.name} revoked.`)
          }}
        >
          Scripts that use it are refused from now on. This cannot be taken back.
        </ConfirmWithReason>
      )}
    </div>
  )
}

interface CreateTokenProps {
  readonly holder: Holder
  readonly onClose: () => void
  readonly onMade: (token: NewToken) => Promise<void>
}

function CreateToken({ holder, onClose, onMade }: CreateTokenProps): ReactElement {
  const [name, setName] = useState('')
  const [isMissing, setMissing] = useState(false)
  const create = useMutation({ mutationFn: () => createToken(holder, name.trim()), onSuccess: onMade })
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    setMissing(name.trim() === '')
    if (name.trim() !== '') create.mutate()
  }
  return (
    <Modal opened onClose={onClose} title="Create token" size="sm">
      <form onSubmit={onSubmit} noValidate>
        <Stack gap={16}>
          <TextInput
            label="Name"
            description="What will use it: Nightly export."
            data-autofocus
            maxLength={64}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={isMissing ? 'Give the token a name.' : create.error?.message}
          />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending}>
              Create token
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
