import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { type ReactElement, useState } from 'react'
import { copyItem, deleteItem, type InnerKind, moveItem, movePosition } from '../../api/quality/edits.ts'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { toast } from '../../ui/toasts.ts'
import { useEdit, useReread } from './editing.ts'

export interface Target {
  readonly id: string
  readonly label: string
}

export interface ItemMenuProps {
  readonly kind: InnerKind
  readonly id: string
  readonly name: string
  readonly copyTo: readonly Target[]
  readonly moveTo: readonly Target[]
}

const POSITIONS = [
  { position: 'first', label: 'Move to the top' },
  { position: 'previous', label: 'Move up' },
  { position: 'next', label: 'Move down' },
  { position: 'last', label: 'Move to the bottom' },
] as const

/** Copies, moves and removes an item. */
export function ItemMenu({ kind, id, name, copyTo, moveTo }: ItemMenuProps): ReactElement {
  const edit = useEdit()
  const reread = useReread()
  const [isRemoving, setRemoving] = useState(false)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`More for ${kind} ${name}`}>
            <IconDots size={18} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
          {POSITIONS.map(({ position, label }) => (
            <Menu.Item key={position} onClick={() => void edit(() => movePosition(kind, id, position))}>
              {label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {copyTo.map((target) => (
            <Menu.Item
              key={target.id}
              onClick={() => void edit(() => copyItem(kind, id, target.id), `Copied to ${target.label}.`)}
            >
              Copy to {target.label}
            </Menu.Item>
          ))}
          {moveTo.map((target) => (
            <Menu.Item
              key={target.id}
              onClick={() => void edit(() => moveItem(kind, id, target.id), `Moved to ${target.label}.`)}
            >
              Move to {target.label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item color="red" onClick={() => setRemoving(true)}>
            Remove {kind}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isRemoving ? (
        <ConfirmWithReason
          title={`Remove ${name}?`}
          action={`Remove ${kind}`}
          reason="none"
          danger
          onClose={() => setRemoving(false)}
          onConfirm={async () => {
            await deleteItem(kind, id)
            await reread()
            toast('Removed. It can be restored below the report.')
          }}
        >
          It goes with everything in it, and can be restored from “Removed items” below the report.
        </ConfirmWithReason>
      ) : null}
    </>
  )
}
